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
    public Tensor Forward(Tensor x, long outputs) => Forward(x, 0, outputs);

    /// <summary>x[..., in] to [..., count]: rows start..start+count, columns 0..in.</summary>
    public Tensor Forward(Tensor x, long start, long count)
    {
        var (w, b) = Slice(start, count, x.shape[^1]);                             // [count, in], [count]
        return MatrixProducts.Linear(x, w, b);                                     // [..., count]
    }

    /// <summary>Views of the weight [count, inputs] and the bias [count]: rows start..start+count, columns 0..inputs.</summary>
    public (Tensor Weight, Tensor Bias) Slice(long start, long count, long inputs)
    {
        var w = weight.narrow(0, start, count);                                    // [count, maxIn]
        if (inputs != weight.shape[1]) w = w.narrow(1, 0, inputs);                 // [count, inputs]
        return (w, bias.narrow(0, start, count));                                  // [count, inputs], [count]
    }

    /// <summary>The slice as <c>name.weight</c> and <c>name.bias</c>.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name, long start, long count, long inputs)
    {
        var (w, b) = Slice(start, count, inputs);                                  // [count, inputs], [count]
        return [(name + ".weight", w), (name + ".bias", b)];
    }
}
