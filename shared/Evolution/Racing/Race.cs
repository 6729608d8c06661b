using HsNas.Spaces;

namespace HsNas.Evolution.Racing;

/// <summary>
/// Scores the candidates of a generation only as far as is needed to know the parents. In each round the candidates that may or
/// may not become parents are scored on a few more blocks, and their losses on the whole text are forecast anew. What is found is
/// a function of candidates, records and rules, however the scorer does its work. See docs/method.md, "Racing".
/// </summary>
public sealed class Race
{
    private readonly RaceRules _rules;
    private readonly IBlockScorer _scorer;
    private readonly RaceFeatures _features;
    private readonly Dictionary<string, double[]> _known = new(StringComparer.Ordinal);

    /// <summary>A race.</summary>
    public Race(SearchSpace space, RaceRules rules, IBlockScorer scorer)
    {
        ArgumentNullException.ThrowIfNull(rules);
        (_rules, _scorer, _features) = (rules.Validated(), scorer, new RaceFeatures(space));
    }

    /// <summary>Runs it.</summary>
    /// <param name="candidates">Distinct; with what is known of each.</param>
    /// <param name="examples">Candidates of earlier generations that were scored in full, oldest first.</param>
    /// <param name="parents">How many candidates become parents.</param>
    /// <param name="exact">How many of the best must be scored in full: 1, or all parents where they are a result.</param>
    /// <param name="cancellationToken">Gives up between rounds.</param>
    public RaceResult Run(
        IReadOnlyList<LossRecord> candidates, IReadOnlyList<LossRecord> examples, int parents, int exact,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        var field = new RaceField(candidates, examples, _scorer, cancellationToken);
        var cut = new LowestLosses(parents);
        if (exact >= candidates.Count) field.ScoreInFull(field.Unfinished);
        field.Calibrate(Evenly(field.Unfinished, _rules.Calibration - field.Examples.Count));
        if (!_rules.Surrogate) field.Advance(field.Unscored, _rules.BlocksPerRound);
        var (forecast, learned, level) = (Learn(field), field.Examples.Count, 0);
        while (true)
        {
            if (field.Examples.Count > learned) (forecast, learned) = (Learn(field), field.Examples.Count);
            var confidence = _rules.Confidences[level];
            var losses = field.Records
                .Select(r => forecast.Of(r, confidence, _rules.BestConfidence, _rules.Widening ?? 1)).ToList();
            var open = cut.Open(losses).Where(i => !field.IsFinished(i)).ToList();
            var leaders = Enumerable.Range(0, losses.Count).OrderBy(i => losses[i].Centre).Take(exact).Where(i => !field.IsFinished(i));
            if (field.Scorings >= (_rules.Budget ?? double.PositiveInfinity)) open = [];
            else if (open.Count == 0 && ++level < _rules.Confidences.Count) continue;
            if (open.Count > 0) field.Advance(open, _rules.BlocksPerRound);
            else if (leaders.ToList() is { Count: > 0 } best) field.ScoreInFull(best);
            else return field.Result([.. losses.Select(l => l.Centre)]);
            level = Math.Min(level, _rules.Confidences.Count - 1);
        }
    }

    private Forecast Learn(RaceField field) =>
        new(_scorer.Blocks, field.Examples.TakeLast(_rules.MostExamples), FeaturesOf);

    private double[] FeaturesOf(LossRecord record)
    {
        if (!_known.TryGetValue(record.Architecture.Key, out var features))
            _known[record.Architecture.Key] = features = _features.Of(record.Architecture);
        return features;
    }

    private static IEnumerable<int> Evenly(IReadOnlyList<int> from, int count) =>
        count <= 0 ? [] : count >= from.Count ? from : Enumerable.Range(0, count).Select(i => from[(int)((long)i * from.Count / count)]);
}
