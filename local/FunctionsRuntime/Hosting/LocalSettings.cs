using System.Text.Json;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>local.settings.json: its Values count as environment variables that real ones override.</summary>
internal static class LocalSettings
{
    internal static void Add(ConfigurationManager configuration)
    {
        var path = Path.Combine(AppContext.BaseDirectory, "local.settings.json");
        if (!File.Exists(path))
        {
            return;
        }

        var options = new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };
        using var document = JsonDocument.Parse(File.ReadAllText(path), options);
        if (!document.RootElement.TryGetProperty("Values", out var values))
        {
            return;
        }

        var pairs = values.EnumerateObject().ToDictionary(
            value => value.Name.Replace("__", ":", StringComparison.Ordinal),
            value => (string?)(value.Value.ValueKind == JsonValueKind.String ? value.Value.GetString() : value.Value.GetRawText()));
        ((IConfigurationBuilder)configuration).Sources.Insert(0, new MemoryConfigurationSource { InitialData = pairs });
    }
}
