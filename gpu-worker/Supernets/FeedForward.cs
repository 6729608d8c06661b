using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// Two linear maps with ReLU between; the inner width is sampled per layer. Kinds of supernets differ in where the weights
/// come from: a slice, or a mixture of slices.
/// </summary>
internal abstract class FeedForward(string name) : nn.Module(name)
{
    /// <summary>What a subtransformer of width <paramref name="dim"/> uses.</summary>
    /// <param name="dim">Embedding width d.</param>
    /// <param name="inner">Inner width.</param>
    /// <param name="features">The architecture as routers see it, [1, 10]; null where nothing is routed.</param>
    public abstract FeedForwardWeights Weights(long dim, long inner, Tensor? features);

    /// <summary>The block that <paramref name="mixture"/> asks for; the plain one where it is null.</summary>
    public static FeedForward Create(int maxDim, int maxInner, Mixture? mixture) =>
        mixture is null ? new SlicedFeedForward(maxDim, maxInner) : new MixedFeedForward(maxDim, maxInner, mixture);
}

/// <summary>Weights of one feed-forward block, cut to one subtransformer.</summary>
/// <param name="In">[inner, d]</param>
/// <param name="Out">[d, inner]</param>
internal sealed record FeedForwardWeights(LinearWeights In, LinearWeights Out)
{
    /// <summary>x[B, T, d] to [B, T, d].</summary>
    public Tensor Apply(Tensor x) => Out.Apply(nn.functional.relu(In.Apply(x), inplace: true));   // [B, T, inner], [B, T, d]

    /// <summary>The four tensors by name, as a plain block calls them.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name) => [.. In.Named(name + ".fc1"), .. Out.Named(name + ".fc2")];
}
