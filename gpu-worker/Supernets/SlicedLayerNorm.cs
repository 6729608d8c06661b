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

    /// <summary>x[..., d], normalised over d, eps 1e-5.</summary>
    public Tensor Forward(Tensor x)
    {
        var dim = x.shape[^1];
        return nn.functional.layer_norm(x, [dim], weight.narrow(0, 0, dim), bias.narrow(0, 0, dim), 1e-5);
    }

    /// <summary>Views [d] of gains and offsets as <c>name.weight</c> and <c>name.bias</c>.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name, long dim) =>
        [(name + ".weight", weight.narrow(0, 0, dim)), (name + ".bias", bias.narrow(0, 0, dim))];
}
