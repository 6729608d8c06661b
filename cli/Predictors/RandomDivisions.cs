using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>
/// Floors, LLM-PP and their mean over many random divisions of the trained architectures into demonstrations and tests: three
/// published splits are few enough for luck.
/// </summary>
/// <param name="Scorecard">All rows.</param>
/// <param name="Gaps">Each predictor that is no floor, minus each floor.</param>
internal sealed record RandomDivisions(Scorecard Scorecard, IReadOnlyList<PairedComparison> Gaps)
{
    /// <summary>Divisions drawn.</summary>
    public const int Count = 100;

    private const int Seed = 1;

    /// <summary>
    /// Asks the regressions among <paramref name="sessions"/>; null where there is none. Other models are not asked, because
    /// <see cref="Count"/> divisions are thousands of questions.
    /// </summary>
    public static async Task<RandomDivisions?> RunAsync(
        TaskDefinition task, TfsEvalSet data, IReadOnlyList<LanguageModelSession> sessions, CancellationToken cancellationToken)
    {
        var free = sessions.Where(s => s.IsRegression).ToList();
        if (free.Count == 0) return null;
        var divided = data.WithRandomSplits(Count, data.Splits[0].Demonstrations.Count, Seed);
        var builder = await ScorecardBuilder.StartAsync(task, divided, cancellationToken: cancellationToken);
        foreach (var session in free)
            foreach (var row in (await LanguageModelRows.FitBriefAsync(task, divided, session, cancellationToken)).Rows)
                await builder.AddAsync(row.Group, row.Create, row.Name, cancellationToken);
        var floors = builder.Outcomes.Where(FloorRows.IsFloor).ToList();
        var pairs = builder.Outcomes.Where(o => o.Group != "Floor").SelectMany(o => floors.Select(f => (Outcome: o, Floor: f)));
        var gaps = pairs.AsParallel().AsOrdered().Select(p => PairedComparison.Of(p.Outcome, p.Floor));
        return new RandomDivisions(builder.Build(), [.. gaps]);
    }
}
