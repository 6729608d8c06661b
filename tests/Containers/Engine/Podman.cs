using System.Security.Cryptography;
using System.Text;

namespace HsNas.Containers.Tests.Engine;

/// <summary>
/// Podman with images, containers and networks of its own, so that it neither sees nor changes this machine's.
/// </summary>
internal sealed class Podman : IDisposable
{
    private static readonly string[] Settings =
    [
        "[containers]", "default_ulimits = [\"nofile=1024:1024\", \"nproc=4096:4096\"]", "log_driver = \"k8s-file\"",
        "[engine]", "runtime = \"runc\"", "cgroup_manager = \"cgroupfs\"", "events_logger = \"file\"",
    ];

    private readonly string[] _options;
    private readonly Dictionary<string, string> _environment;
    private readonly FileStream _lock;

    /// <summary>The engine of a folder, which keeps images for later runs.</summary>
    /// <exception cref="IOException">Another run uses the folder.</exception>
    public Podman(string folder)
    {
        Folder = Directory.CreateDirectory(folder).FullName;
        _lock = new FileStream(Path.Combine(folder, "lock"), FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        var settings = Path.Combine(Folder, "containers.conf");
        File.WriteAllLines(settings, Settings);
        var temporary = Directory.CreateDirectory(Path.Combine(Folder, "tmp")).FullName;
        _environment = new() { ["CONTAINERS_CONF"] = settings, ["TMPDIR"] = temporary };
        // What does not outlive a restart of the machine lies where that clears up; sockets need short names.
        var run = $"/run/hsnas-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Folder)))[..8]}";
        _options =
        [
            "--root", Path.Combine(Folder, "store"), "--runroot", $"{run}/root", "--tmpdir", $"{run}/tmp",
            "--network-config-dir", Directory.CreateDirectory(Path.Combine(Folder, "networks")).FullName,
        ];
    }

    /// <summary>Where it keeps things.</summary>
    public string Folder { get; }

    /// <summary>Runs a command of podman; what it wrote.</summary>
    public Task<string> RunAsync(params IEnumerable<string> arguments) =>
        Command.RunAsync("podman", [.. _options, .. arguments], _environment);

    /// <summary>Exit code and what a command of podman wrote.</summary>
    public Task<(int Code, string Output, string Errors)> TryAsync(params IEnumerable<string> arguments) =>
        Command.TryAsync("podman", [.. _options, .. arguments], _environment);

    /// <summary>Ends and removes all containers, volumes and networks, also those of a run that was killed.</summary>
    public async Task ClearAsync()
    {
        await RunAsync("rm", "--all", "--force", "--volumes", "--time", "0");
        await RunAsync("volume", "prune", "--force");
        await RunAsync("network", "prune", "--force");
        await RunAsync("image", "prune", "--force");
    }

    /// <inheritdoc/>
    public void Dispose() => _lock.Dispose();
}
