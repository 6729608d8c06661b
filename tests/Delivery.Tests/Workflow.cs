using YamlDotNet.RepresentationModel;

namespace HsNas.Delivery.Tests;

/// <summary>A workflow of GitHub Actions.</summary>
/// <param name="File">Its file.</param>
/// <param name="Root">Its document.</param>
internal sealed record Workflow(string File, YamlMappingNode Root)
{
    /// <summary>All of the repository.</summary>
    public static IReadOnlyList<Workflow> All { get; } =
        [.. Repository.Files(".github/workflows", "*.yml").Select(f => new Workflow(f, Yaml.Read(f)))];

    /// <summary>Its jobs, by name.</summary>
    public IEnumerable<(string Name, YamlNode Job)> Jobs => Root.Field("jobs").Fields();

    /// <summary>All steps of all jobs.</summary>
    public IEnumerable<YamlNode> Steps => Jobs.SelectMany(j => j.Job.Field("steps").Items());
}
