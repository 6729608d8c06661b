using HsNas.GpuWorker.Training;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Scoring;

/// <summary>Validation batches that stay on the device.</summary>
internal sealed class ValidationSet : IDisposable
{
    /// <summary>
    /// Batches of the first <paramref name="sentences"/> validation sentences (all where null). Validation text is in hash
    /// order of nothing: it keeps corpus order, so sentences are taken at equal distances instead of from the front.
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
