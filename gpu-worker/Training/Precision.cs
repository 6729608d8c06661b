using HsNas.Spaces;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>What a training computes its matrix products in.</summary>
internal static class Precision
{
    /// <summary>The 16-bit type; null for single precision. False, with the reason, where there is no such precision.</summary>
    public static bool TryParse(string? name, out ScalarType? type, out string? problem)
    {
        (type, problem) = name switch
        {
            null or TrainingRecipe.Fp32 => ((ScalarType?)null, (string?)null),
            TrainingRecipe.Bf16 => (ScalarType.BFloat16, null),
            TrainingRecipe.Fp16 => (ScalarType.Float16, null),
            _ => (null, $"precision '{name}' is unknown; allowed: {string.Join(", ", TrainingRecipe.Precisions)}."),
        };
        return problem is null;
    }
}
