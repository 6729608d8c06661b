using System.Text.Json;

namespace HsNas.Infra.Tests;

/// <summary>
/// What a deployment would make, as Bicep's own command <c>snapshot</c> foretells it offline: every resource with its expressions worked
/// out. The files are reviewed; <see cref="SnapshotTests"/> holds that they are what Bicep says today.
/// </summary>
internal sealed class Snapshot
{
    private readonly List<JsonElement> _resources;

    private Snapshot(string name)
    {
        Text = File.ReadAllText(FileOf(name));
        var root = JsonDocument.Parse(Text).RootElement;
        _resources = [.. root.GetProperty("predictedResources").EnumerateArray()];
        Outputs = root.GetProperty("outputs");
    }

    /// <summary>Names of all: each is a set of parameters.</summary>
    public static IReadOnlyList<string> Names { get; } = ["storage", "dts", "private"];

    /// <summary>All.</summary>
    public static IEnumerable<Snapshot> All => Names.Select(Of);

    /// <summary>The file as it is.</summary>
    public string Text { get; }

    /// <summary>What azd puts into its environment.</summary>
    public JsonElement Outputs { get; }

    /// <summary>The one of a set of parameters.</summary>
    public static Snapshot Of(string name) => new(name);

    /// <summary>Its parameters; the snapshot lies beside them.</summary>
    public static string ParametersOf(string name) => Path.Combine(Bicep.Root, "tests", "Infra.Tests", "Snapshots", $"{name}.bicepparam");

    /// <summary>All resources of a type.</summary>
    public IReadOnlyList<JsonElement> Resources(string type) => [.. _resources.Where(r => r.GetProperty("type").GetString() == type)];

    /// <summary>The last parts of the names of all resources of a type.</summary>
    public IEnumerable<string> LastNames(string type) => Resources(type).Select(r => r.GetProperty("name").GetString()!.Split('/')[^1]);

    /// <summary>Who (by identity), where (by type) and what of every role.</summary>
    public IEnumerable<(string Who, string Where, string Role)> Roles() =>
        Resources("Microsoft.Authorization/roleAssignments").Select(r =>
        {
            var scope = r.GetProperty("id").GetString()!.Split("/providers/")[^2].Split('/');
            var properties = r.GetProperty("properties");
            var principal = properties.GetProperty("principalId").GetString()!.Split('\'')[1].Split('/')[^1];
            return (principal, $"{scope[0]}/{scope[1]}", properties.GetProperty("roleDefinitionId").GetString()!.Split('/')[^1]);
        });

    /// <summary>Settings of every program, by the tag that azd knows it by.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Settings() =>
        Resources("Microsoft.App/containerApps")
            .Select(r => (App: r, Values: Properties(r, "template").GetProperty("containers")[0].GetProperty("env")))
            .Concat(Resources("Microsoft.Web/sites")
                .Select(r => (App: r, Values: Properties(r, "siteConfig").GetProperty("appSettings"))))
            .ToDictionary(
                p => p.App.GetProperty("tags").GetProperty("azd-service-name").GetString()!,
                p => (IReadOnlyDictionary<string, string>)p.Values.EnumerateArray().ToDictionary(
                    v => v.GetProperty("name").GetString()!, v => v.GetProperty("value").GetString()!, StringComparer.Ordinal),
                StringComparer.Ordinal);

    private static JsonElement Properties(JsonElement resource, string name) => resource.GetProperty("properties").GetProperty(name);

    private static string FileOf(string name) => Path.ChangeExtension(ParametersOf(name), ".snapshot.json");
}
