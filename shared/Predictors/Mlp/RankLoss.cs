namespace HsNas.Predictors.Mlp;

/// <summary>
/// Pairwise logistic loss (RankNAS, arXiv 2109.07383; docs/method.md, "Distilled predictor"): the mean of log(1 + exp(-(o_i - o_j)))
/// over all pairs of a batch whose labels satisfy y_i &gt; y_j. It asks for the right order only.
/// </summary>
public static class RankLoss
{
    /// <summary>The loss; 0 where no two labels differ.</summary>
    public static double Value(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels)
    {
        var (sum, pairs) = (0.0, 0L);
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length; j++)
            {
                if (!(labels[i] > labels[j])) continue;
                var margin = (double)outputs[i] - outputs[j];
                sum += Math.Max(0, -margin) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
                pairs++;
            }
        }

        return pairs == 0 ? 0 : sum / pairs;
    }

    /// <summary>
    /// Makes <paramref name="gradient"/>, that of another loss by each output, the one of (1 - share) times that loss plus share times
    /// this one.
    /// </summary>
    public static void Blend(ReadOnlySpan<float> outputs, ReadOnlySpan<float> labels, double share, Span<float> gradient)
    {
        var ranked = new double[labels.Length];
        var pairs = 0L;
        for (var i = 0; i < labels.Length; i++)
        {
            for (var j = 0; j < labels.Length; j++)
            {
                if (!(labels[i] > labels[j])) continue;
                var pull = 1 / (1 + Math.Exp((double)outputs[i] - outputs[j]));
                ranked[i] -= pull;
                ranked[j] += pull;
                pairs++;
            }
        }

        for (var i = 0; i < labels.Length; i++)
            gradient[i] = (float)(((1 - share) * gradient[i]) + (pairs == 0 ? 0 : share * ranked[i] / pairs));
    }
}
