using System.Diagnostics.CodeAnalysis;
using TorchSharp;

namespace HsNas.GpuWorker.Hosting;

/// <summary>Turns a device name into a device that is really there.</summary>
internal static class Devices
{
    /// <summary>Parses "cpu", "cuda" or "cuda:N"; false with the reason where the name is unknown or the device absent.</summary>
    public static bool TryParse(string name, [NotNullWhen(true)] out torch.Device? device, [NotNullWhen(false)] out string? problem)
    {
        (device, problem) = (null, null);
        if (name == "cpu")
        {
            device = torch.device("cpu");
            return true;
        }

        var index = 0;
        if (name != "cuda" && !(name.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(name[5..], out index)))
            problem = $"Device '{name}' is unknown; allowed: cpu, cuda, cuda:N.";
        else if (!torch.cuda.is_available() || index >= torch.cuda.device_count())
            problem = $"Device '{name}' is not there: CUDA devices found: {(torch.cuda.is_available() ? torch.cuda.device_count() : 0)}.";
        else
            device = torch.device($"cuda:{index}");
        return device is not null;
    }
}
