namespace HsNas.Translation;

/// <summary>
/// Corpus BLEU-4 (Papineni et al. 2002) against one reference a sentence: geometric mean of the clipped 1- to 4-gram
/// precisions times the brevity penalty min(1, exp(1 - r/c)), times 100.
/// </summary>
public static class Bleu
{
    private const int MaxOrder = 4;

    /// <summary>
    /// BLEU of pre-tokenised sentences, in 0..100. Without smoothing: 0 as soon as one order has no match; with
    /// <paramref name="smooth"/>, an order without a match counts 1/2, 1/4, ... of one match (SacreBLEU's "exp").
    /// </summary>
    /// <exception cref="ArgumentException">Different numbers of hypotheses and references.</exception>
    public static double Score(IReadOnlyList<string[]> hypotheses, IReadOnlyList<string[]> references, bool smooth = false)
    {
        ArgumentNullException.ThrowIfNull(hypotheses);
        ArgumentNullException.ThrowIfNull(references);
        if (hypotheses.Count != references.Count)
            throw new ArgumentException($"{hypotheses.Count} hypotheses but {references.Count} references.", nameof(references));
        var matches = new long[MaxOrder];
        var totals = new long[MaxOrder];
        long hypothesisLength = 0, referenceLength = 0;
        for (var i = 0; i < hypotheses.Count; i++)
        {
            hypothesisLength += hypotheses[i].Length;
            referenceLength += references[i].Length;
            for (var order = 1; order <= MaxOrder; order++)
            {
                totals[order - 1] += Math.Max(0, hypotheses[i].Length - order + 1);
                matches[order - 1] += Matches(hypotheses[i], references[i], order);
            }
        }

        return Combine(matches, totals, hypothesisLength, referenceLength, smooth);
    }

    private static double Combine(long[] matches, long[] totals, long hypothesisLength, long referenceLength, bool smooth)
    {
        if (hypothesisLength == 0) return 0;
        double logSum = 0, penalty = 1;
        for (var n = 0; n < MaxOrder; n++)
        {
            if (totals[n] == 0) return 0;
            if (matches[n] == 0)
            {
                if (!smooth) return 0;
                penalty *= 2;
                logSum += Math.Log(1 / (penalty * totals[n]));
                continue;
            }

            logSum += Math.Log((double)matches[n] / totals[n]);
        }

        var brevity = Math.Min(0, 1 - ((double)referenceLength / hypothesisLength));
        return 100 * Math.Exp(brevity + (logSum / MaxOrder));
    }

    private static int Matches(string[] hypothesis, string[] reference, int order)
    {
        var available = Count(reference, order);
        return Count(hypothesis, order).Sum(gram => Math.Min(gram.Value, available.GetValueOrDefault(gram.Key)));
    }

    private static Dictionary<string, int> Count(string[] tokens, int order)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i + order <= tokens.Length; i++)
        {
            // U+0000 cannot occur in a token, so joined n-grams are unambiguous.
            var gram = string.Join('\0', tokens, i, order);
            counts[gram] = counts.GetValueOrDefault(gram) + 1;
        }

        return counts;
    }
}
