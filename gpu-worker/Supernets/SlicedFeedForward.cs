using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>Two linear maps with ReLU between; the inner width is sampled per layer.</summary>
internal sealed class SlicedFeedForward : nn.Module
{
    private readonly SlicedLinear fc1;
    private readonly SlicedLinear fc2;

    public SlicedFeedForward(int maxDim, int maxInner) : base(nameof(SlicedFeedForward))
    {
        fc1 = new SlicedLinear(maxDim, maxInner);
        fc2 = new SlicedLinear(maxInner, maxDim);
        RegisterComponents();
    }

    /// <summary>x[B, T, d] to [B, T, d].</summary>
    public Tensor Forward(Tensor x, int inner)
    {
        var hidden = nn.functional.relu(fc1.Forward(x, inner));   // [B, T, inner]
        return fc2.Forward(hidden, x.shape[^1]);                  // [B, T, d]
    }
}
