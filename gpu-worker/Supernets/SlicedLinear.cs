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

    /// <summary>x[..., in] to [..., outputs]: rows 0..outputs, columns 0..in.</summary>
    public Tensor Forward(Tensor x, long outputs) => Forward(x, 0, outputs);

    /// <summary>x[..., in] to [..., count]: rows start..start+count, columns 0..in.</summary>
    public Tensor Forward(Tensor x, long start, long count)
    {
        var inputs = x.shape[^1];
        var w = weight.narrow(0, start, count);                                    // [count, maxIn]
        if (inputs != weight.shape[1]) w = w.narrow(1, 0, inputs);                 // [count, in]
        return nn.functional.linear(x, w, bias.narrow(0, start, count));           // [..., count]
    }
}
