using System.Runtime.InteropServices;
using HsNas.Shared.Messaging;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>Names the device that measurements belong to.</summary>
internal static class DeviceFingerprint
{
    /// <summary>
    /// A name safe in blob names, for example "cpu-x64-1t-3f2a91c0": kind, architecture, torch threads, and a hash of the
    /// processor's model. Two machines of one model share it.
    /// </summary>
    public static string Of(Device device)
    {
        var model = device.type == TorchSharp.DeviceType.CUDA ? $"cuda{device.index}/{cuda.device_count()}" : ProcessorModel();
        var threads = device.type == TorchSharp.DeviceType.CUDA ? "" : $"-{get_num_threads()}t";
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"{device.type.ToString().ToLowerInvariant()}-{architecture}{threads}-{BlobLayout.Fingerprint(model)[..8]}";
    }

    private static string ProcessorModel()
    {
        const string Path = "/proc/cpuinfo";
        if (!File.Exists(Path)) return RuntimeInformation.OSDescription;
        return File.ReadLines(Path).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) ?? "unknown";
    }
}
