using System.Runtime.InteropServices;
using HsNas.Kernel;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>Names the device that measurements belong to.</summary>
internal static class DeviceFingerprint
{
    /// <summary>
    /// A name safe in blob names, for example "cpu-x64-1t-3f2a91c0": kind, architecture, torch threads, and a hash of the
    /// processor's or GPU's model. Two machines of one model share it.
    /// </summary>
    public static string Of(Device device)
    {
        var model = device.type == TorchSharp.DeviceType.CUDA ? GpuModels() : ProcessorModel();
        var threads = device.type == TorchSharp.DeviceType.CUDA ? "" : $"-{get_num_threads()}t";
        var architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return $"{device.type.ToString().ToLowerInvariant()}-{architecture}{threads}-{Hashing.Fingerprint(model)[..8]}";
    }

    // TorchSharp does not know the name of a GPU; the driver does. Where it does not tell (Windows), all GPUs have one name.
    private static string GpuModels()
    {
        const string Folder = "/proc/driver/nvidia/gpus";
        if (!Directory.Exists(Folder)) return $"cuda/{cuda.device_count()}";
        var models = Directory.GetDirectories(Folder).Select(g => Path.Combine(g, "information")).Where(File.Exists)
            .SelectMany(File.ReadLines).Where(l => l.StartsWith("Model:", StringComparison.Ordinal))
            .Select(l => l["Model:".Length..].Trim());
        return string.Join('+', models.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
    }

    private static string ProcessorModel()
    {
        const string Information = "/proc/cpuinfo";
        if (!File.Exists(Information)) return RuntimeInformation.OSDescription;
        return File.ReadLines(Information).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal)) ?? "unknown";
    }
}
