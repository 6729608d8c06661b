using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;
using HsNas.Onnx;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>The probe of each runtime.</summary>
internal static class LatencyProbes
{
    /// <summary>A probe.</summary>
    /// <param name="runtime">One of <see cref="LatencyRuntimes"/>.</param>
    /// <param name="model">The task's largest model; its weights do not matter. It moves to where the runtime needs it.</param>
    /// <param name="task">The task; dummy sentences have its profile's lengths.</param>
    /// <param name="device">Where torch measures. ONNX Runtime measures on the processor.</param>
    public static ILatencyProbe Create(string runtime, SuperTransformer model, TaskDefinition task, torch.Device device)
    {
        model.to(runtime == LatencyRuntimes.Torch ? device : torch.CPU);
        return runtime switch
        {
            LatencyRuntimes.Onnx => new OnnxProbe(model, task, runtime, OnnxPrecision.Float32),
            LatencyRuntimes.OnnxInt8 => new OnnxProbe(model, task, runtime, OnnxPrecision.Int8),
            _ => new TorchProbe(model, task.ProfileSourceLength, task.ProfileTargetLength, device),
        };
    }
}
