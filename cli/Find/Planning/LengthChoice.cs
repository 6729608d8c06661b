namespace HsNas.Cli.Find.Planning;

/// <summary>
/// Divides what is left of a budget. A tenth stays unplanned. Of the rest two fifths go to seed architectures, since all
/// predictions start from them, a quarter to the supernet, and the winner gets what is left. Nothing is trained longer than it learns
/// from so much text; a plan may therefore be shorter than its budget.
/// </summary>
internal static class LengthChoice
{
    /// <summary>Fewest updates of any training that is worth its time.</summary>
    public const int LeastSteps = 200;

    private const double Planned = 0.9;
    private const double SeedShare = 0.4;
    private const double SupernetShare = 0.25;
    private const int WellTrained = 400;
    private const int StepsRoundedTo = 50;

    // Most often so many seed architectures are trained; fewer where each would get too little.
    private static readonly int[] SeedCounts = [30, 20, 12];

    /// <summary>The lengths; null where the time does not suffice for <see cref="LeastSteps"/> of each training.</summary>
    /// <param name="costs">What each stage costs.</param>
    /// <param name="text">How much text there is.</param>
    /// <param name="seconds">What is left of the budget.</param>
    public static Lengths? Choose(StageCosts costs, TextSize text, double seconds)
    {
        var free = (seconds * Planned) - costs.Constant;
        int SeedSteps(int count) => Steps(free * SeedShare, s => costs.Seeds(count, s), Cap(1000, 20, text));
        var seeds = SeedCounts.FirstOrDefault(count => SeedSteps(count) >= WellTrained, SeedCounts[^1]);
        var seedSteps = SeedSteps(seeds);
        var supernet = Steps(free * SupernetShare, costs.Supernet, Cap(2000, 40, text));
        var winner = Steps(free - costs.Seeds(seeds, seedSteps) - costs.Supernet(supernet), costs.Winner, Cap(4000, 60, text));
        return Math.Min(seedSteps, Math.Min(supernet, winner)) < LeastSteps ? null : new Lengths(seeds, seedSteps, supernet, winner);
    }

    /// <summary>Seconds that the least worthwhile plan takes.</summary>
    public static double LeastSeconds(StageCosts costs)
    {
        var (seeds, supernet) = (costs.Seeds(SeedCounts[^1], LeastSteps), costs.Supernet(LeastSteps));
        var least = Math.Max(
            Math.Max(seeds / SeedShare, supernet / SupernetShare), (seeds + supernet + costs.Winner(LeastSteps)));
        return (least + costs.Constant) / Planned;
    }

    private static int Cap(int least, double epochs, TextSize text) => (int)Math.Max(least, Math.Min(epochs * text.UpdatesAnEpoch, 1e6));

    // Most updates, in whole fifties, whose cost stays within the seconds; costs are linear in them.
    private static int Steps(double seconds, Func<int, double> cost, int most)
    {
        var none = cost(0);
        var each = (cost(StepsRoundedTo) - none) / StepsRoundedTo;
        var steps = (int)Math.Clamp(Math.Floor((seconds - none) / each), 0, most);
        return steps / StepsRoundedTo * StepsRoundedTo;
    }
}
