using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>The batches of one update; several where gradients are accumulated.</summary>
internal sealed class UpdateBatches : IDisposable
{
    public UpdateBatches(EncodedCorpus corpus, BatchOrder batches, TrainingPlan plan, long step, Device device)
    {
        All = [.. Enumerable.Range(0, plan.Accumulate)
            .Select(i => TokenBatch.Create(corpus, batches.At((step * plan.Accumulate) + i), device))];
        Tokens = All.Sum(b => b.Tokens);
    }

    /// <summary>The batches, in order.</summary>
    public IReadOnlyList<TokenBatch> All { get; }

    /// <summary>Target tokens of all.</summary>
    public int Tokens { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var batch in All) batch.Dispose();
    }
}
