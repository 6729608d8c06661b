using HsNas.Evaluation.Floors;
using HsNas.Evaluation.TfsEval;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Scoring;

/// <summary>A predictor's predictions on all splits, for tables and figures.</summary>
/// <param name="Group">Group of the table.</param>
/// <param name="Predictor">Name.</param>
/// <param name="Direction">Which end of its metric is good.</param>
/// <param name="PredictsBleu">Whether its metric is validation BLEU.</param>
/// <param name="Splits">One outcome per split.</param>
public sealed record PredictorOutcome(
    string Group, string Predictor, MetricDirection Direction, bool PredictsBleu, IReadOnlyList<SplitOutcome> Splits)
{
    /// <summary>The line of the table.</summary>
    public ScorecardRow ToRow(int k)
    {
        var perSplit = Splits.Select(s => ScoreMetrics.Of(s.Tests, Direction, PredictsBleu, k)).ToList();
        var resamples = Bootstrap.Resample(Splits, Direction, PredictsBleu, k, seed: 1);
        MeasureSummary? Summary(Func<ScoreMetrics, double?> measure) => Bootstrap.Summarise(perSplit, resamples, measure);
        return new ScorecardRow(
            Group,
            Predictor,
            Summary(m => m.Mae),
            Summary(m => m.Tau),
            Summary(m => m.DecisionTau),
            Summary(m => m.Regret),
            Summary(m => m.TopKRecall),
            Summary(m => m.Bias),
            Splits.SelectMany(s => s.Tests).Average(t => t.Extrapolating ? 1 : 0));
    }

    /// <summary>Gaps of wrongly ordered pairs, all splits together.</summary>
    public IReadOnlyList<double> DiscordantGaps() => [.. Splits.SelectMany(s => ScoreMetrics.DiscordantGaps(s.Tests, Direction))];
}

/// <summary>
/// Scores predictors on the splits of a TFS-Eval file. The floor baselines are put in by the builder itself, so that no
/// table can be made without them.
/// </summary>
public sealed class ScorecardBuilder
{
    private readonly TaskDefinition _task;
    private readonly TfsEvalSet _data;
    private readonly int _k;
    private readonly List<PredictorOutcome> _outcomes = [];

    private ScorecardBuilder(TaskDefinition task, TfsEvalSet data, int k) => (_task, _data, _k) = (task, data, k);

    /// <summary>Predictions so far, floors first.</summary>
    public IReadOnlyList<PredictorOutcome> Outcomes => _outcomes;

    /// <summary>A builder that holds the floors already.</summary>
    /// <param name="task">The task.</param>
    /// <param name="data">Its TFS-Eval file.</param>
    /// <param name="k">Of top-k recall, at least 1.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    public static async Task<ScorecardBuilder> StartAsync(
        TaskDefinition task, TfsEvalSet data, int k = 5, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var cost = CostModel.For(task);
        var builder = new ScorecardBuilder(task, data, k);
        await builder.AddAsync("Floor", s => FloorPredictor.Constant(Demonstrations(s)), cancellationToken: cancellationToken);
        await builder.AddAsync("Floor", s => FloorPredictor.Depth(Demonstrations(s)), cancellationToken: cancellationToken);
        await builder.AddAsync("Floor", s => FloorPredictor.TwoNumbers(Demonstrations(s), cost), cancellationToken: cancellationToken);
        return builder;
    }

    /// <summary>A split's demonstrations in the form predictors are fitted on.</summary>
    public static IReadOnlyList<Demonstration> Demonstrations(TfsEvalSplit split) =>
        [.. split.Demonstrations.Select(r => r.ToDemonstration())];

    /// <summary>Adds a predictor, made anew for each split.</summary>
    /// <param name="group">Group of the table.</param>
    /// <param name="create">Must look at nothing but the split's demonstrations.</param>
    /// <param name="name">Name in the table; null for the predictor's own.</param>
    /// <param name="cancellationToken">Stops the scoring.</param>
    public async Task AddAsync(string group, Func<TfsEvalSplit, IPerformancePredictor> create, string? name = null,
        CancellationToken cancellationToken = default)
    {
        var splits = new List<SplitOutcome>();
        IPerformancePredictor? predictor = null;
        foreach (var split in _data.Splits)
        {
            predictor = create(split);
            var predictions = await predictor.PredictAsync([.. split.Tests.Select(t => t.Architecture)], cancellationToken);
            splits.Add(new SplitOutcome(
                split.Seed,
                [.. split.Tests.Zip(predictions, (t, p) =>
                    new ScoredArchitecture(t.ArchitectureId, t.Architecture.DecoderLayers, p.Value, t.ValidBleu, p.Extrapolating))]));
        }

        _outcomes.Add(
            new PredictorOutcome(group, name ?? predictor!.Name, predictor!.Direction, predictor.Metric == Metrics.ValidationBleu, splits));
    }

    /// <summary>The table of everything added.</summary>
    public Scorecard Build() =>
        new(_task.Name, [.. _data.Splits.Select(s => s.Seed)], _k, [.. _outcomes.AsParallel().AsOrdered().Select(o => o.ToRow(_k))]);
}
