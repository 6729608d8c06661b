using System.Net.Sockets;
using System.Text.Json;
using HsNas.Containers.Tests.Compose;

namespace HsNas.Containers.Tests.Engine;

/// <summary>The services of compose.yaml in containers, in a network of their own where each finds the others by name.</summary>
internal sealed class ContainerStack(Podman podman, ComposeFile compose)
{
    private const string Network = "hsnas-test";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, Container> _containers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>The containers of a service, in the order of their numbers.</summary>
    public IReadOnlyList<Container> Of(string service) =>
        [.. _containers.Where(c => c.Key.StartsWith(service + "-", StringComparison.Ordinal)).OrderBy(c => c.Key).Select(c => c.Value)];

    /// <summary>Makes the network and starts every service.</summary>
    public async Task StartAsync()
    {
        await podman.RunAsync("network", "create", Network);
        using var network = JsonDocument.Parse(await podman.RunAsync("network", "inspect", Network));
        var subnet = network.RootElement[0].GetProperty("subnets")[0].GetProperty("subnet").GetString()!;
        var next = 10;
        foreach (var name in compose.Services.SelectMany(s => Names(s.Key, s.Value)))
            _addresses[name] = $"{subnet[..subnet.LastIndexOf('.')]}.{next++}";
        foreach (var (name, service) in compose.InOrder()) await StartServiceAsync(name, service);
    }

    /// <summary>Starts a service's containers.</summary>
    public async Task StartServiceAsync(string service, ComposeService settings)
    {
        var hosts = compose.Services.Keys.Select(s => $"--add-host={s}:{_addresses[s + "-1"]}");
        var mounts = settings.Build is null ? BaseImages.StorageMounts().Select(m => $"--volume={m}") : [];
        foreach (var name in Names(service, settings))
        {
            await podman.RunAsync(
                ["run", "--detach", "--pull=never", "--name", name, "--network", Network, "--ip", _addresses[name], .. hosts, .. mounts,
                    .. ServiceRun.Options(settings), settings.Image, .. settings.Command]);
            _containers[name] = new Container(name, _addresses[name]);
        }
    }

    /// <summary>Ends a service's containers as an operator does, and removes them.</summary>
    public async Task RemoveServiceAsync(string service)
    {
        foreach (var container in Of(service))
        {
            await podman.RunAsync("rm", "--force", "--time", "0", container.Name);
            _containers.Remove(container.Name);
        }
    }

    /// <summary>Waits until a service takes connections on a port of its own.</summary>
    public async Task ListensAsync(string service, int port)
    {
        var container = Of(service)[0];
        using var patience = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(container.Address, port, patience.Token);
                return;
            }
            catch (SocketException)
            {
                await Task.Delay(100, CancellationToken.None);
            }
            catch (OperationCanceledException e)
            {
                throw new TimeoutException($"{service} does not listen on port {port}.\n{await container.LogAsync(podman)}", e);
            }
        }
    }

    /// <summary>What all containers wrote.</summary>
    public async Task<string> LogsAsync()
    {
        var logs = await Task.WhenAll(_containers.Values.Select(async c => $"--- {c.Name}\n{await c.LogAsync(podman)}"));
        return string.Join('\n', logs);
    }

    private static IEnumerable<string> Names(string service, ComposeService settings) =>
        Enumerable.Range(1, settings.Deploy.Replicas).Select(number => $"{service}-{number}");
}
