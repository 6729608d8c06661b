using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors;

/// <summary>
/// Floors, LLM-PP and their mean over many random divisions of the trained architectures into demonstrations and tests: three
/// published splits are few enough for luck.
/// </summary>
/// <param name="Scorecard">All rows.</param>
/// <param name="Gaps">What stands on a floor and a model, minus each floor.</param>
internal sealed record RandomDivisions(Scorecard Scorecard, IReadOnlyList<PairedComparison> Gaps)
{
    /// <summary>Divisions drawn.</summary>
    public const int Count = 100;

    private const int Seed = 1;

    /// <summary>
    /// Asks <paramref name="sessions"/>, of which only regressions come into question: <see cref="Count"/> divisions are thousands
    /// of questions. Null where there is none.
    /// </summary>
    public static async Task<RandomDivisions?> RunAsync(TaskDefinition task, TfsEvalSet data, IReadOnlyList<LanguageModelSession> sessions, CancellationToken cancellationToken)
    {
        var free = sessions.Where(s => s.IsRegression).ToList();
        if (free.Count == 0) return null;
        var divided = data.WithRandomSplits(Count, data.Splits[0].Demonstrations.Count, Seed);
        var builder = await ScorecardBuilder.StartAsync(task, divided, cancellationToken: cancellationToken);
        foreach (var session in free)
            foreach (var row in (await LanguageModelRows.FitBriefAsync(task, divided, session, cancellationToken)).Rows)
                await builder.AddAsync(row.Group, row.Create, row.Name, cancellationToken);
        var floors = builder.Outcomes.Where(PredictorsPage.IsFloor).ToList();
        var gaps = builder.Outcomes.Where(o => o.Group != "Floor").SelectMany(o => floors.Select(f => (o, f))).AsParallel().AsOrdered().Select(p => PairedComparison.Of(p.o, p.f));
        return new RandomDivisions(builder.Build(), [.. gaps]);
    }
}
