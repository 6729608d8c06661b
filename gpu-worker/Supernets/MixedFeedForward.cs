using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Tensors;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// The feed-forward block of a mixture of supernets (docs/method.md, "Supernet kinds"): m full-size experts, each cut to the
/// subtransformer. Routers mix the cut weights and biases, so the block itself costs what a plain one costs.
/// </summary>
internal sealed class MixedFeedForward : FeedForward
{
    private readonly ModuleList<SlicedLinear> fc1;   // m of [maxInner, maxDim]
    private readonly ModuleList<SlicedLinear> fc2;   // m of [maxDim, maxInner]
    private readonly Router router;                  // both maps where layer-wise; fc1 where neuron-wise
    private readonly Router? outRouter;              // fc2, neuron-wise only

    public MixedFeedForward(int maxDim, int maxInner, Mixture mixture) : base(nameof(MixedFeedForward))
    {
        fc1 = Experts(mixture.Experts, maxDim, maxInner);
        fc2 = Experts(mixture.Experts, maxInner, maxDim);
        var neuronWise = mixture.Kind == SupernetMixture.NeuronWise;
        router = new Router(mixture.RouterWidth, mixture.Experts, neuronWise ? maxInner : 1);
        if (neuronWise) outRouter = new Router(mixture.RouterWidth, mixture.Experts, maxDim);
        RegisterComponents();
    }

    /// <inheritdoc/>
    public override FeedForwardWeights Weights(long dim, long inner, Tensor? features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var inShares = router.Forward(features, outRouter is null ? 1 : inner);   // [1, m] or [inner, m]
        var outShares = outRouter?.Forward(features, dim) ?? inShares;            // [1, m] or [d, m]
        return new FeedForwardWeights(Mix(fc1, inShares, inner, dim), Mix(fc2, outShares, dim, inner)); // [inner, d], [d, inner]
    }

    // Row r of the mixture is the sum over experts e of shares[r, e] times row r of expert e; one row of shares serves all.
    private static LinearWeights Mix(ModuleList<SlicedLinear> experts, Tensor shares, long outputs, long inputs)
    {
        Tensor? weight = null, bias = null;
        for (var e = 0; e < experts.Count; e++)
        {
            var (w, b) = experts[e].Slice(0, outputs, inputs);         // [outputs, inputs], [outputs]
            var column = shares.narrow(1, e, 1);                       // [1 or outputs, 1]
            var (mixedWeight, mixedBias) = (w * column, b * column.view(-1));
            weight = weight is null ? mixedWeight : weight.Plus(mixedWeight);   // [outputs, inputs]
            bias = bias is null ? mixedBias : bias.Plus(mixedBias);             // [outputs]
        }

        return new LinearWeights(weight!, bias!);
    }

    private static ModuleList<SlicedLinear> Experts(int count, int maxIn, int maxOut) =>
        new([.. Enumerable.Range(0, count).Select(_ => new SlicedLinear(maxIn, maxOut))]);
}
