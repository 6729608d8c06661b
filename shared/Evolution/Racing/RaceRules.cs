using HsNas.Kernel.Validation;

namespace HsNas.Evolution.Racing;

/// <summary>How a race is run (docs/method.md, "Racing").</summary>
/// <param name="Confidences">
/// Rising shares of losses, above 0 and below 1, that lie inside the interval of their forecast. A candidate leaves the race when
/// its interval lies on one side of the cut. When nobody is left by one confidence, the race goes on by the next.
/// </param>
/// <param name="Surrogate">
/// True: a candidate may leave before it is scored on any text, by its architecture alone. False: everybody is scored on the
/// first blocks.
/// </param>
public sealed record RaceRules(IReadOnlyList<double> Confidences, bool Surrogate)
{
    internal const int LeastCalibration = 5;
    private const int MostChildrenPerPlace = 1000;

    /// <summary>
    /// Nearly always the parents that full scores would give: 19 of 20 losses would lie inside their intervals if candidates were like
    /// the examples, and these are doubled because candidates move away from them.
    /// </summary>
    public static RaceRules SameParents { get; } = new([0.95], Surrogate: false) { Widening = 2, MostExamples = 500 };

    /// <summary>
    /// Least work. Which of the candidates near the cut become parents may stay in doubt where the budget ends; the best is always
    /// scored in full. Winners can be a little worse than those of full scores: docs/benchmarks.md, "search work".
    /// </summary>
    public static RaceRules Thrifty { get; } = new([0.3, 0.5, 0.7, 0.8, 0.9, 0.95], Surrogate: true)
    {
        Budget = 6, BlocksPerRound = 1, ChildrenPerPlace = 10,
    };

    /// <summary>The same share as <see cref="Confidences"/> for the question which candidate is the best.</summary>
    public double BestConfidence { get; init; } = 0.95;

    /// <summary>
    /// What half widths of intervals are multiplied by, at least 1; null: 1. Intervals by which children are chosen stay as they are.
    /// </summary>
    public double? Widening { get; init; }

    /// <summary>
    /// Scorings on the whole text that a generation's work may come to before doubts are left as they are; null: no end. Calibration
    /// and the best, which are scored in full, may go beyond.
    /// </summary>
    public double? Budget { get; init; }

    /// <summary>Blocks that a candidate is first scored on, and that each further round adds.</summary>
    public int BlocksPerRound { get; init; } = 2;

    /// <summary>Candidates scored in full before the first forecast is made.</summary>
    public int Calibration { get; init; } = 30;

    /// <summary>Most candidates scored in full that a forecast learns from; the latest are used.</summary>
    public int MostExamples { get; init; } = 200;

    /// <summary>
    /// Children that are drawn for each place in the next population; the places go to those with the best forecasts. 1: every child
    /// that is drawn gets a place.
    /// </summary>
    public int ChildrenPerPlace { get; init; } = 1;

    /// <summary>The same share as <see cref="Confidences"/> for the interval whose lower end children are chosen by.</summary>
    public double ChildConfidence { get; init; } = 0.5;

    /// <summary>These rules.</summary>
    /// <exception cref="OptionException">One lies outside its range.</exception>
    public RaceRules Validated()
    {
        foreach (var confidence in Confidences.Append(BestConfidence).Append(ChildConfidence))
            OptionException.ThrowUnless(confidence is > 0 and < 1, "race.confidence", confidence, "above 0 and below 1");
        OptionException.ThrowUnless(Confidences.Count > 0, "race.confidences", Confidences.Count, "at least one");
        OptionException.ThrowUnless(Budget is null or > 0, "race.budget", Budget ?? 0, "above 0");
        OptionException.ThrowUnless(
            Widening is null || (Widening >= 1 && double.IsFinite(Widening.Value)), "race.widening", Widening ?? 0, "at least 1");
        OptionException.ThrowUnless(BlocksPerRound >= 1, "race.blocksPerRound", BlocksPerRound, "at least 1");
        OptionException.ThrowUnless(
            ChildrenPerPlace is >= 1 and <= MostChildrenPerPlace,
            "race.childrenPerPlace", ChildrenPerPlace, $"1 to {MostChildrenPerPlace}");
        OptionException.ThrowUnless(Calibration >= LeastCalibration, "race.calibration", Calibration, $"at least {LeastCalibration}");
        OptionException.ThrowUnless(MostExamples >= Calibration, "race.mostExamples", MostExamples, $"at least {Calibration}");
        return this;
    }
}
