using System.Globalization;
using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Mlp;

/// <summary>One fully connected layer y = W x + b.</summary>
/// <param name="Inputs">Length of x, at least 1.</param>
/// <param name="Outputs">Length of y, at least 1.</param>
/// <param name="Weights">W, row-major, outputs x inputs: as torch's Linear holds it.</param>
/// <param name="Biases">b, one per output.</param>
public sealed record DenseLayer(int Inputs, int Outputs, float[] Weights, float[] Biases)
{
    /// <summary>Checks shapes and that every number is finite.</summary>
    /// <exception cref="DataFormatException">Names the layer and the field.</exception>
    internal void Validate(int index, string source)
    {
        Demand(Inputs is >= 1 and <= 65_536, "inputs", Inputs, "1 to 65536");
        Demand(Outputs is >= 1 and <= 65_536, "outputs", Outputs, "1 to 65536");
        Demand(Weights.LongLength == (long)Inputs * Outputs, "weights", Weights.Length, $"{(long)Inputs * Outputs} numbers");
        Demand(Biases.Length == Outputs, "biases", Biases.Length, $"{Outputs} numbers");
        Demand(Array.TrueForAll(Weights, float.IsFinite) && Array.TrueForAll(Biases, float.IsFinite), "weights", double.NaN,
            "finite numbers");

        void Demand(bool holds, string field, double value, string allowed)
        {
            if (!holds)
            {
                throw new DataFormatException(source, $"layers[{index}].{field}", value.ToString(CultureInfo.InvariantCulture), allowed);
            }
        }
    }
}
