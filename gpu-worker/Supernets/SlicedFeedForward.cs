namespace HsNas.GpuWorker.Supernets;

/// <summary>The plain supernet's feed-forward block: one weight, of which every subtransformer is a prefix.</summary>
internal sealed class SlicedFeedForward : FeedForward
{
    private readonly SlicedLinear fc1;   // [maxInner, maxDim]
    private readonly SlicedLinear fc2;   // [maxDim, maxInner]

    public SlicedFeedForward(int maxDim, int maxInner) : base(nameof(SlicedFeedForward))
    {
        fc1 = new SlicedLinear(maxDim, maxInner);
        fc2 = new SlicedLinear(maxInner, maxDim);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override FeedForwardWeights Weights(long dim, long inner, TorchSharp.torch.Tensor? features) =>
        new(fc1.Slice(0, inner, dim), fc2.Slice(0, dim, inner));   // [inner, d], [d, inner]
}
