using HsNas.Kernel.Validation;

namespace HsNas.Evolution.Constraints;

/// <summary>Hard limits; any number of them at once, all inclusive. Null means no such limit.</summary>
public sealed record SearchConstraints
{
    /// <summary>Predicted latency in milliseconds on the search's device.</summary>
    public double? LatencyMs { get; init; }

    /// <summary>Total GFLOPs, output layer included (Tables 8 and 9).</summary>
    public double? GFlops { get; init; }

    /// <summary>GFLOPs without the output layer (Tables 2 to 4, 7 and 10).</summary>
    public double? GFlopsWithoutLastLayer { get; init; }

    /// <summary>Model size in millions of parameters: all layers plus one embedding table of the decoder's width.</summary>
    public double? ParametersMillions { get; init; }

    /// <summary>True: the encoder must have at least as many layers as the decoder (HAT's optional extra).</summary>
    public bool EncoderAtLeastAsDeep { get; init; }

    /// <summary>Returns the limits if each is a positive finite number.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public SearchConstraints Validated()
    {
        Demand("latencyMs", LatencyMs);
        Demand("gFlops", GFlops);
        Demand("gFlopsWithoutLastLayer", GFlopsWithoutLastLayer);
        Demand("parametersMillions", ParametersMillions);
        return this;

        static void Demand(string field, double? limit)
        {
            if (limit is { } value && !(value > 0 && double.IsFinite(value)))
            {
                throw new OptionException($"constraints.{field}", value, "a finite number above 0, or none");
            }
        }
    }
}
