using HsNas.Kernel.Statistics;
using HsNas.Predictors;

namespace HsNas.Evaluation.Scoring;

/// <summary>
/// The measures of one predictor on one set of tests. A measure that is undefined there is null: tau of a constant
/// predictor, or errors in BLEU of a predictor whose metric is not BLEU.
/// </summary>
/// <param name="Mae">Mean absolute error in BLEU.</param>
/// <param name="Tau">Kendall's tau-b.</param>
/// <param name="DecisionTau">Tau-b over pairs of equal decoder depth alone: what is left when depth, which a latency limit mostly
/// fixes, is not allowed to help.</param>
/// <param name="Regret">BLEU lost by training the predicted best instead of the true best; the mean over ties for the predicted
/// best.</param>
/// <param name="TopKRecall">Share of the true best k found among the predicted best k.</param>
/// <param name="Bias">Mean of predicted minus actual BLEU.</param>
public sealed record ScoreMetrics(double? Mae, double? Tau, double? DecisionTau, double? Regret, double? TopKRecall, double? Bias)
{
    /// <summary>Measures <paramref name="tests"/>.</summary>
    /// <param name="tests">Not empty.</param>
    /// <param name="direction">Of the predictor's metric.</param>
    /// <param name="predictsBleu">False leaves the errors in BLEU undefined.</param>
    /// <param name="k">Of top-k recall; cut to the number of tests.</param>
    public static ScoreMetrics Of(IReadOnlyList<ScoredArchitecture> tests, MetricDirection direction, bool predictsBleu, int k)
    {
        var sign = direction == MetricDirection.HigherIsBetter ? 1 : -1;
        var predicted = tests.Select(t => sign * t.Predicted).ToArray();
        var actual = tests.Select(t => t.Actual).ToArray();
        return new ScoreMetrics(
            predictsBleu ? ErrorMeasures.MeanAbsolute(predicted, actual) : null,
            RankCorrelation.KendallTauB(predicted, actual),
            EqualDepthTau(tests, predicted, actual),
            RegretAtOne(predicted, actual),
            TopK(predicted, actual, Math.Min(k, tests.Count)),
            predictsBleu ? ErrorMeasures.Bias(predicted, actual) : null);
    }

    /// <summary>Gaps in true BLEU of all pairs that the predictor orders the wrong way round (Figures 4 and 5).</summary>
    public static IEnumerable<double> DiscordantGaps(IReadOnlyList<ScoredArchitecture> tests, MetricDirection direction)
    {
        var sign = direction == MetricDirection.HigherIsBetter ? 1 : -1;
        for (var i = 0; i < tests.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (sign * (tests[i].Predicted - tests[j].Predicted) * (tests[i].Actual - tests[j].Actual) < 0)
                {
                    yield return Math.Abs(tests[i].Actual - tests[j].Actual);
                }
            }
        }
    }

    private static double? EqualDepthTau(IReadOnlyList<ScoredArchitecture> tests, double[] predicted, double[] actual)
    {
        long agreement = 0, untiedPredicted = 0, untiedActual = 0;
        for (var i = 0; i < tests.Count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                if (tests[i].DecoderLayers == tests[j].DecoderLayers)
                {
                    var (p, a) = (Math.Sign(predicted[i] - predicted[j]), Math.Sign(actual[i] - actual[j]));
                    agreement += p * a;
                    untiedPredicted += p * p;
                    untiedActual += a * a;
                }
            }
        }

        return untiedPredicted > 0 && untiedActual > 0 ? agreement / Math.Sqrt((double)untiedPredicted * untiedActual) : null;
    }

    private static double RegretAtOne(double[] predicted, double[] actual)
    {
        var best = predicted.Max();
        return actual.Max() - actual.Where((_, i) => predicted[i] == best).Average();
    }

    // Membership shared evenly among values tied at the edge, so that a constant predictor scores k / n, not luck.
    private static double TopK(double[] predicted, double[] actual, int k)
    {
        var (p, a) = (Membership(predicted, k), Membership(actual, k));
        return p.Zip(a, (x, y) => x * y).Sum() / k;
    }

    private static double[] Membership(double[] values, int k)
    {
        var edge = values.OrderDescending().ElementAt(k - 1);
        var above = values.Count(v => v > edge);
        var tied = values.Count(v => v == edge);
        return Array.ConvertAll(values, v => v > edge ? 1 : v == edge ? (double)(k - above) / tied : 0);
    }
}
