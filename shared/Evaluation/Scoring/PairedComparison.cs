namespace HsNas.Evaluation.Scoring;

/// <summary>One predictor minus another on the same tests, with 90 % intervals of the difference.</summary>
/// <param name="Predictor">The one.</param>
/// <param name="Baseline">The other.</param>
/// <param name="Mae">Difference of MAE, BLEU: below 0 is better.</param>
/// <param name="Tau">Difference of tau-b: above 0 is better.</param>
public sealed record PairedComparison(string Predictor, string Baseline, MeasureSummary? Mae, MeasureSummary? Tau)
{
    /// <summary>
    /// Compares two predictors. Both are resampled by the same draws of splits and architectures, so what is hard for both
    /// cancels out and the interval is that of the difference.
    /// </summary>
    /// <param name="predictor">The one.</param>
    /// <param name="baseline">The other, on the same splits.</param>
    /// <exception cref="ArgumentException">They were scored on other splits.</exception>
    public static PairedComparison Of(PredictorOutcome predictor, PredictorOutcome baseline)
    {
        if (!Tests(predictor).SequenceEqual(Tests(baseline)))
            throw new ArgumentException($"{predictor.Predictor} and {baseline.Predictor} were scored on other tests.", nameof(baseline));
        var (left, right) = (Measures.Of(predictor), Measures.Of(baseline));
        return new PairedComparison(predictor.Predictor, baseline.Predictor, Difference(left, right, m => m.Mae),
            Difference(left, right, m => m.Tau));
    }

    private static IEnumerable<(string, int)> Tests(PredictorOutcome outcome) =>
        outcome.Splits.SelectMany(s => s.Tests.Select(t => (s.Seed, t.ArchitectureId)));

    private static MeasureSummary? Difference(Measures left, Measures right, Func<ScoreMetrics, double?> measure) => Bootstrap.Summarise(
        left.Splits.Zip(right.Splits, (l, r) => Minus(l, r)).ToList(),
        [.. left.Resamples.Zip(right.Resamples, (l, r) => (IReadOnlyList<ScoreMetrics>)[.. l.Zip(r, Minus)])],
        measure);

    private static ScoreMetrics Minus(ScoreMetrics l, ScoreMetrics r) =>
        new(l.Mae - r.Mae, l.Tau - r.Tau, l.DecisionTau - r.DecisionTau, l.Regret - r.Regret, l.TopKRecall - r.TopKRecall, l.Bias - r.Bias);

    private sealed record Measures(IReadOnlyList<ScoreMetrics> Splits, IReadOnlyList<IReadOnlyList<ScoreMetrics>> Resamples)
    {
        public static Measures Of(PredictorOutcome outcome) => new(
            [.. outcome.Splits.Select(s => ScoreMetrics.Of(s.Tests, outcome.Direction, outcome.PredictsBleu, 1))],
            Bootstrap.Resample(outcome.Splits, outcome.Direction, outcome.PredictsBleu, 1, seed: 1));
    }
}
