using System.Text.Json;

namespace HsNas.Containers.Tests.Engine;

/// <summary>A running container.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Address">Its address in the network of the tests.</param>
internal sealed record Container(string Name, string Address)
{
    /// <summary>What the engine says of it.</summary>
    public async Task<JsonElement> InspectAsync(Podman podman)
    {
        using var document = JsonDocument.Parse(await podman.RunAsync("inspect", "--type", "container", Name));
        return document.RootElement[0].Clone();
    }

    /// <summary>All that it wrote.</summary>
    public async Task<string> LogAsync(Podman podman)
    {
        var (_, output, errors) = await podman.TryAsync("logs", Name);
        return output + errors;
    }
}
