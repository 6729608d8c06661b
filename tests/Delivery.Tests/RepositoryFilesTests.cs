using System.Text.Json;
using System.Text.RegularExpressions;

namespace HsNas.Delivery.Tests;

/// <summary>Dependabot, the devcontainer and the notes of a release.</summary>
public sealed partial class RepositoryFilesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hsnas-notes-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Dependabot_looks_at_folders_that_hold_what_it_looks_for()
    {
        var files = new Dictionary<string, string>
        {
            ["nuget"] = "Directory.Packages.props", ["npm"] = "package-lock.json", ["github-actions"] = ".github/workflows/ci.yml",
            ["docker"] = "Dockerfile", ["dotnet-sdk"] = "global.json",
        };
        var updates = Yaml.Read(".github/dependabot.yml").Field("updates").Items().ToList();
        Assert.Equal(files.Keys.Order(), updates.Select(u => u.Text("package-ecosystem")).Order());
        Assert.All(updates, update =>
        {
            var folders = update.Field("directories").Items().Concat(update.Field("directory").Items()).Select(f => f.ToString()).ToList();
            Assert.NotEmpty(folders);
            Assert.All(folders, f => Assert.True(
                File.Exists(Path.Combine(Repository.Root, f.TrimStart('/'), files[update.Text("package-ecosystem")!])), f));
            Assert.Equal("weekly", update.Field("schedule").Text("interval"));
        });
    }

    [Fact]
    public void The_devcontainer_has_what_the_launcher_asks_for_and_ends_with_a_built_checkout()
    {
        var container = JsonElement.Parse(Repository.Text(".devcontainer/devcontainer.json"));
        var image = Repository.Text(Path.Combine(".devcontainer", container.GetProperty("build").GetProperty("dockerfile").GetString()!));
        var tools = MissingTool().Matches(Repository.Text("hsnas")).Select(m => m.Groups[1].Value).ToList();

        Assert.Equal(["dotnet-sdk-10.0", "nodejs", "npm"], tools);
        Assert.All(tools, tool => Assert.Contains($" {tool} ", image, StringComparison.Ordinal));
        Assert.StartsWith("./hsnas ", container.GetProperty("postCreateCommand").GetString(), StringComparison.Ordinal);
        Assert.Contains($"USER {container.GetProperty("remoteUser").GetString()}\n", image, StringComparison.Ordinal);
        Assert.Contains(7071, container.GetProperty("forwardPorts").EnumerateArray().Select(p => p.GetInt32()));
    }

    [Fact]
    public async Task Notes_of_a_release_are_its_section_of_the_changelog_and_no_other()
    {
        Write("# Changelog\n\n## [Unreleased]\n\n* next\n\n## [1.2.3] - 2027-01-01\n\n### Added\n\n* this\n\n## [1.2.2]\n\n* before\n");

        Assert.Equal((0, "### Added\n\n* this\n"), await NotesAsync("1.2.3"));
    }

    [Theory]
    [InlineData("1.2.4", "The tag says 1.2.4, Directory.Build.props says 1.2.3.")]
    [InlineData("1.2.3", "CHANGELOG.md has no section '## [1.2.3]', or nothing in it.")]
    public async Task A_tag_without_notes_or_of_another_version_makes_no_release(string tag, string reason)
    {
        Write("# Changelog\n\n## [1.2.3]\n\n## [1.2.2]\n\n* before\n");

        Assert.Equal((1, reason + "\n"), await NotesAsync(tag));
    }

    private void Write(string changelog)
    {
        File.WriteAllText(Path.Combine(_folder, "CHANGELOG.md"), changelog);
        File.WriteAllText(Path.Combine(_folder, "Directory.Build.props"), "<Project>\n  <Version>1.2.3</Version>\n</Project>\n");
    }

    private Task<(int Code, string Output)> NotesAsync(string version) =>
        Repository.RunAsync(Path.Combine(Repository.Root, ".github", "release-notes"), "", version, _folder);

    [GeneratedRegex(@"^  has_?\w* ?\w* \|\| echo (\S+)$", RegexOptions.Multiline)]
    private static partial Regex MissingTool();
}
