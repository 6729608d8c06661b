using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Predictors;

namespace HsNas.Evaluation.Scoring;

/// <summary>
/// 90 % intervals by resampling twice: which splits, then which test architectures of each. Three splits alone would say
/// too little about chance, and test architectures alone nothing about the choice of demonstrations.
/// </summary>
internal static class Bootstrap
{
    private const int Resamples = 400;

    /// <summary>Resampled metrics of one predictor; each entry is the list of one resample's splits.</summary>
    public static IReadOnlyList<IReadOnlyList<ScoreMetrics>> Resample(
        IReadOnlyList<SplitOutcome> outcomes, MetricDirection direction, bool predictsBleu, int k, long seed)
    {
        var random = SeededRandom.For(seed, 0, "bootstrap");
        var result = new List<IReadOnlyList<ScoreMetrics>>(Resamples);
        for (var i = 0; i < Resamples; i++)
        {
            result.Add([.. Enumerable.Range(0, outcomes.Count).Select(_ =>
            {
                var tests = outcomes[random.Next(outcomes.Count)].Tests;
                var drawn = Enumerable.Range(0, tests.Count).Select(_ => tests[random.Next(tests.Count)]).ToList();
                return ScoreMetrics.Of(drawn, direction, predictsBleu, k);
            })]);
        }

        return result;
    }

    /// <summary>Mean, deviation and interval of one measure; null where it is undefined on a split.</summary>
    public static MeasureSummary? Summarise(
        IReadOnlyList<ScoreMetrics> perSplit, IReadOnlyList<IReadOnlyList<ScoreMetrics>> resamples, Func<ScoreMetrics, double?> measure)
    {
        var values = perSplit.Select(measure).ToList();
        if (values.Exists(v => v is null))
        {
            return null;
        }

        var mean = values.Average()!.Value;
        var deviation = Math.Sqrt(values.Average(v => Math.Pow(v!.Value - mean, 2)));
        var means = resamples.Select(r => r.Select(measure).Where(v => v is not null).Average()).Where(v => v is not null)
            .Select(v => v!.Value).Order().ToList();
        return means.Count == 0
            ? new MeasureSummary(mean, deviation, mean, mean)
            : new MeasureSummary(mean, deviation, Quantiles.OfSorted(means, 0.05), Quantiles.OfSorted(means, 0.95));
    }
}
