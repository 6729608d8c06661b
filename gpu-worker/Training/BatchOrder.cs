using HsNas.Kernel;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Which batch comes when. Every epoch visits each batch once, in an order drawn from (seed, epoch). The order depends on
/// nothing else, so a resumed training sees the same batches.
/// </summary>
internal sealed class BatchOrder(IReadOnlyList<int[]> batches, long seed)
{
    private readonly int[] _order = new int[batches.Count];
    private long _epoch = -1;

    /// <summary>Row numbers of batch <paramref name="number"/>, counted from 0 over all epochs.</summary>
    public int[] At(long number)
    {
        if (number / batches.Count != _epoch)
        {
            _epoch = number / batches.Count;
            for (var i = 0; i < _order.Length; i++) _order[i] = i;
            SeededRandom.For(seed, checked((int)_epoch), "batch-order").Shuffle<int>(_order);
        }

        return batches[_order[(int)(number % batches.Count)]];
    }
}
