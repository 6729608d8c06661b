using System.Globalization;

namespace HsNas.Containers.Tests.Engine;

/// <summary>Whether containers can be run on this machine.</summary>
internal static class Machine
{
    private const int SystemAdministrator = 21;
    private static readonly string[] Tools = ["podman", "runc", "mmdebstrap"];

    /// <summary>
    /// Null where containers can be run. Else the reason: the tests make base images from a Debian or Ubuntu of their own, and that and
    /// the mounts of containers take root with all its rights.
    /// </summary>
    public static string? WhyNot { get; } =
        !OperatingSystem.IsLinux() ? "this is not Linux"
        : !File.Exists("/usr/bin/apt-get") ? "this is no Debian or Ubuntu"
        : !IsAdministrator() ? "this user is not root with the right to mount"
        : Missing() is { Length: > 0 } missing ? $"not installed: {string.Join(", ", missing)}"
        : null;

    /// <summary>Those of the needed programs that are not there.</summary>
    public static string[] Missing() => [.. Tools.Where(t => Find(t) is null)];

    /// <summary>Root with the capability to mount: the kernel's own word.</summary>
    public static bool IsAdministrator() => OperatingSystem.IsLinux() && Environment.UserName == "root" && (ulong.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith("CapEff:", StringComparison.Ordinal))["CapEff:".Length..].Trim(),
        NumberStyles.HexNumber, CultureInfo.InvariantCulture) >> SystemAdministrator & 1) == 1;

    private static string? Find(string tool) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
        .Append("/usr/sbin").Select(f => Path.Combine(f, tool)).FirstOrDefault(File.Exists);
}
