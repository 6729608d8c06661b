using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>Layer normalisation over the sampled width d, with the first d gains and offsets.</summary>
internal sealed class SlicedLayerNorm : nn.Module
{
    private readonly Parameter weight;   // [maxDim]
    private readonly Parameter bias;     // [maxDim]

    public SlicedLayerNorm(int maxDim) : base(nameof(SlicedLayerNorm))
    {
        weight = nn.Parameter(ones(maxDim));
        bias = nn.Parameter(zeros(maxDim));
        RegisterComponents();
    }

    /// <summary>x[..., d], normalised over d.</summary>
    public Tensor Forward(Tensor x) => Slice(x.shape[^1]).Apply(x);

    /// <summary>Views of the first <paramref name="dim"/> gains and offsets.</summary>
    public NormWeights Slice(long dim) =>
        dim == weight.shape[0] ? new NormWeights(weight, bias) : new NormWeights(weight.narrow(0, 0, dim), bias.narrow(0, 0, dim));
}

/// <summary>Weights of a layer normalisation, cut to one subtransformer.</summary>
/// <param name="Gain">[d]</param>
/// <param name="Offset">[d]</param>
internal sealed record NormWeights(Tensor Gain, Tensor Offset)
{
    private const double Epsilon = 1e-5;
    private readonly long[] _shape = [Gain.shape[0]];

    /// <summary>x[..., d], normalised over d.</summary>
    public Tensor Apply(Tensor x) => nn.functional.layer_norm(x, _shape, Gain, Offset, Epsilon);

    /// <summary>Both tensors as <c>name.weight</c> and <c>name.bias</c>.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name) => [(name + ".weight", Gain), (name + ".bias", Offset)];
}
