using HsNas.Models;

namespace HsNas.Onnx.Graphs;

/// <summary>A linear map of the model.</summary>
/// <param name="Name">Its name; weight and bias are <c>NAME.weight</c> and <c>NAME.bias</c>.</param>
/// <param name="Weight">[out, in]</param>
/// <param name="Bias">[out]</param>
internal sealed record LinearMap(string Name, HostTensor Weight, HostTensor Bias)
{
    /// <summary>Width of its results.</summary>
    public int Outputs => (int)Weight.Shape[0];

    /// <summary>Width of what it reads.</summary>
    public int Inputs => (int)Weight.Shape[1];

    /// <summary>The weight as products of rows read it, [in, out].</summary>
    public float[] Transposed()
    {
        var result = new float[Inputs * Outputs];
        for (var o = 0; o < Outputs; o++)
            for (var i = 0; i < Inputs; i++) result[(i * Outputs) + o] = Weight.Values[(o * Inputs) + i];
        return result;
    }

    /// <summary>The same map with its first <paramref name="rows"/> results multiplied by <paramref name="factor"/>.</summary>
    public LinearMap Scaled(int rows, double factor) => this with
    {
        Weight = Weight with { Values = Times(Weight.Values, rows * Inputs, factor) },
        Bias = Bias with { Values = Times(Bias.Values, rows, factor) },
    };

    private static float[] Times(float[] values, int count, double factor) =>
        [.. values.Select((v, i) => i < count ? (float)(v * factor) : v)];
}
