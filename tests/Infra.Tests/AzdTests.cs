using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace HsNas.Infra.Tests;

/// <summary>azure.yaml and the parameters that azd fills in fit the template.</summary>
public sealed partial class AzdTests
{
    // azd's own: a service's last image, the chosen place.
    private static readonly string[] AzdsOwn = ["AZURE_LOCATION", "SERVICE_FUNCTIONS_IMAGE_NAME", "SERVICE_WORKER_IMAGE_NAME"];

    private static readonly Dictionary<string, Service> Services = new DeserializerBuilder()
        .WithNamingConvention(CamelCaseNamingConvention.Instance).IgnoreUnmatchedProperties().Build()
        .Deserialize<ProjectFile>(File.ReadAllText(Path.Combine(Bicep.Root, "azure.yaml"))).Services;

    [Fact]
    public void Every_service_finds_its_program_by_its_tag_and_is_left_out_where_there_is_none()
    {
        Assert.Equal(["functions", "functions-flex", "worker"], Services.Keys.Order(StringComparer.Ordinal));
        foreach (var name in new[] { "storage", "dts" })
        {
            var snapshot = Snapshot.Of(name);
            var deployed = Services.Where(s => IsOn(s.Value, snapshot)).Select(s => s.Key).Order(StringComparer.Ordinal);
            Assert.Equal(snapshot.Settings().Keys.Order(StringComparer.Ordinal), deployed);
        }
    }

    [Fact]
    public void Images_are_built_in_the_registry_from_files_that_exist()
    {
        foreach (var (name, service) in Services.Where(s => s.Value.Host == "containerapp"))
        {
            Assert.True(service.Docker!.RemoteBuild);
            var project = Path.Combine(Bicep.Root, service.Project);
            Assert.True(File.Exists(Path.Combine(project, service.Docker.Path)), name);
            Assert.True(File.Exists(Path.Combine(project, service.Docker.Context, "HsNas.sln")), name);
            Assert.Contains("REGISTRY=${REGISTRY_HOST}", service.Docker.BuildArgs);
        }
    }

    [Fact]
    public void Names_in_azure_yaml_are_outputs_of_the_template()
    {
        var outputs = Snapshot.Of("storage").Outputs.EnumerateObject().Select(o => o.Name).ToHashSet(StringComparer.Ordinal);
        var used = Variable().Matches(File.ReadAllText(Path.Combine(Bicep.Root, "azure.yaml"))).Select(m => m.Groups["name"].Value);
        Assert.All(used, name => Assert.Contains(name, outputs));
    }

    [Fact]
    public async Task Parameters_that_azd_fills_in_exist_and_their_variables_are_documented()
    {
        using var compiled = JsonDocument.Parse(
            (await Bicep.RunAsync("build", Path.Combine(Bicep.Infra, "main.bicep"), "--stdout", "--no-restore")).Output);
        var known = compiled.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToHashSet(StringComparer.Ordinal);
        var text = await File.ReadAllTextAsync(Path.Combine(Bicep.Infra, "main.parameters.json"));
        using var parameters = JsonDocument.Parse(text);
        var readme = await File.ReadAllTextAsync(Path.Combine(Bicep.Infra, "README.md"));

        Assert.Subset(known, parameters.RootElement.GetProperty("parameters").EnumerateObject().Select(p => p.Name).ToHashSet());
        Assert.All(Variable().Matches(text).Select(m => m.Groups["name"].Value).Except(AzdsOwn),
            name => Assert.Contains($"`{name}`", readme, StringComparison.Ordinal));
    }

    // azd takes 1, true and yes for on.
    private static bool IsOn(Service service, Snapshot snapshot) => service.Condition is null
        || snapshot.Outputs.GetProperty(Variable().Match(service.Condition).Groups["name"].Value).GetString() is "True" or "true";

    [GeneratedRegex(@"\$\{(?<name>\w+)(?:=[^}]*)?\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Variable();

    private sealed class ProjectFile
    {
        public Dictionary<string, Service> Services { get; set; } = [];
    }

    private sealed class Service
    {
        public string Project { get; set; } = "";

        public string Host { get; set; } = "";

        public string? Condition { get; set; }

        public DockerSettings? Docker { get; set; }
    }

    private sealed class DockerSettings
    {
        public string Path { get; set; } = "";

        public string Context { get; set; } = "";

        public bool RemoteBuild { get; set; }

        public List<string> BuildArgs { get; set; } = [];
    }
}
