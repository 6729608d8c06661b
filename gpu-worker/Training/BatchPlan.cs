using HsNas.Translation;

namespace HsNas.GpuWorker.Training;

/// <summary>Groups sentences of similar length so that no batch exceeds a token budget, padding included.</summary>
internal static class BatchPlan
{
    /// <summary>
    /// Row numbers of each batch, sorted by the length of the target and then of the source. Sentences times the longest side
    /// never exceed <paramref name="tokenBudget"/>. A sentence longer than that gets a batch of its own.
    /// </summary>
    public static IReadOnlyList<int[]> Create(EncodedCorpus corpus, IEnumerable<int> rows, int tokenBudget)
    {
        var sorted = rows.OrderBy(r => corpus.Targets[r].Length).ThenBy(r => corpus.Sources[r].Length).ThenBy(r => r);
        var batches = new List<int[]>();
        var current = new List<int>();
        var longest = 0;
        foreach (var row in sorted)
        {
            var length = Math.Max(corpus.Targets[row].Length, corpus.Sources[row].Length) + 1;
            if (current.Count > 0 && (current.Count + 1) * Math.Max(longest, length) > tokenBudget)
            {
                batches.Add([.. current]);
                current.Clear();
                longest = 0;
            }

            current.Add(row);
            longest = Math.Max(longest, length);
        }

        if (current.Count > 0) batches.Add([.. current]);
        return batches;
    }
}
