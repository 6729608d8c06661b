using HsNas.Shared.Tasks;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>What a training computes its matrix products in.</summary>
internal static class Precision
{
    /// <summary>The 16-bit type; null for single precision. False, with the reason, where the device cannot.</summary>
    public static bool TryParse(string? name, Device device, out ScalarType? type, out string? problem)
    {
        (type, problem) = name switch
        {
            null or TrainingRecipe.Fp32 => ((ScalarType?)null, (string?)null),
            TrainingRecipe.Bf16 => (ScalarType.BFloat16, null),
            // libtorch has no half-precision products on a CPU.
            TrainingRecipe.Fp16 => device.type == DeviceType.CUDA ? (ScalarType.Float16, null)
                : (null, $"precision fp16 needs a CUDA device, this worker has {device}; allowed here: {TrainingRecipe.Fp32}, {TrainingRecipe.Bf16}."),
            _ => (null, $"precision '{name}' is unknown; allowed: {string.Join(", ", TrainingRecipe.Precisions)}."),
        };
        return problem is null;
    }
}
