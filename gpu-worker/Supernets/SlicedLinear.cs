using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// A linear map whose subtransformers use a prefix of its rows (outputs) and columns (inputs). Slices are views: nothing
/// is copied, and gradients land in the full weight.
/// </summary>
internal sealed class SlicedLinear : nn.Module
{
    private readonly Parameter weight;   // [maxOut, maxIn]
    private readonly Parameter bias;     // [maxOut]

    public SlicedLinear(int maxIn, int maxOut) : base(nameof(SlicedLinear))
    {
        weight = nn.Parameter(nn.init.xavier_uniform_(empty(maxOut, maxIn)));
        bias = nn.Parameter(zeros(maxOut));
        RegisterComponents();
    }

    /// <summary>Rows of the full weight.</summary>
    public long Outputs => weight.shape[0];

    /// <summary>x[..., in] to [..., outputs]: rows 0..outputs, columns 0..in.</summary>
    public Tensor Forward(Tensor x, long outputs) => Slice(0, outputs, x.shape[^1]).Apply(x);

    /// <summary>Views of rows start..start+count and columns 0..inputs.</summary>
    public LinearWeights Slice(long start, long count, long inputs)
    {
        var w = count == weight.shape[0] ? weight : weight.narrow(0, start, count);    // [count, maxIn]
        if (inputs != weight.shape[1]) w = w.narrow(1, 0, inputs);                     // [count, inputs]
        return new LinearWeights(w, count == bias.shape[0] ? bias : bias.narrow(0, start, count));
    }
}

/// <summary>Weights of a linear map, cut to one subtransformer.</summary>
/// <param name="Weight">[out, in]</param>
/// <param name="Bias">[out]</param>
internal sealed record LinearWeights(Tensor Weight, Tensor Bias)
{
    /// <summary>x[..., in] to [..., out].</summary>
    public Tensor Apply(Tensor x) => MatrixProducts.Linear(x, Weight, Bias);

    /// <summary>Both tensors as <c>name.weight</c> and <c>name.bias</c>.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name) => [(name + ".weight", Weight), (name + ".bias", Bias)];
}
