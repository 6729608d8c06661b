using HsNas.GpuWorker.Training;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Scoring;

/// <summary>Validation batches that stay on the device.</summary>
internal sealed class ValidationSet : IDisposable
{
    /// <summary>
    /// Batches of <paramref name="sentences"/> validation sentences; of all where null. The text is in the order of the corpus,
    /// where neighbours are alike, so the sentences are taken at equal distances instead of from the front.
    /// </summary>
    public ValidationSet(EncodedCorpus corpus, int? sentences, int tokenBudget, Device device)
    {
        var count = Math.Min(sentences ?? corpus.Count, corpus.Count);
        var rows = Enumerable.Range(0, count).Select(i => (int)((long)i * corpus.Count / count));
        Batches = [.. BatchPlan.Create(corpus, rows, tokenBudget).Select(b => TokenBatch.Create(corpus, b, device))];
        Tokens = Batches.Sum(b => (long)b.Tokens);
    }

    /// <summary>The batches.</summary>
    public IReadOnlyList<TokenBatch> Batches { get; }

    /// <summary>Target tokens in all.</summary>
    public long Tokens { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in Batches) batch.Dispose();
    }
}
