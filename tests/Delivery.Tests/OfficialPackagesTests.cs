using System.Text.Json;
using System.Text.RegularExpressions;

namespace HsNas.Delivery.Tests;

/// <summary>The function app as Azure runs it: the same source, published against the official Functions and Durable packages.</summary>
public sealed partial class OfficialPackagesTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hsnas-official-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_app_publishes_against_the_official_packages_with_all_its_functions()
    {
        // In a copy: what is restored for one runtime must not replace what is restored for the other.
        var (_, tracked) = await Repository.RunAsync("git", "", "ls-files", "functions", "shared", "data", "*.props", "*.targets", "*.json",
            "*.config", ".editorconfig");
        foreach (var file in tracked.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var copy = Path.Combine(_folder, "source", file);
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            if (File.Exists(Path.Combine(Repository.Root, file))) File.Copy(Path.Combine(Repository.Root, file), copy);
        }

        var output = Path.Combine(_folder, "app");
        var (code, said) = await Repository.RunAsync(
            "dotnet", "", "publish", Path.Combine(_folder, "source", "functions", "HsNas.Functions.csproj"), "-c", "Release",
            "-p:HsNasRuntime=Azure", "-p:RunAnalyzers=false", "-o", output, "-v", "q");

        Assert.True(code == 0, said);
        Assert.True(File.Exists(Path.Combine(output, "host.json")));
        Assert.True(File.Exists(Path.Combine(output, "Microsoft.Azure.Functions.Worker.Core.dll")));
        Assert.DoesNotContain(Directory.GetFiles(output), f => f.Contains("HsNas.Local", StringComparison.Ordinal));
        using var metadata = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(output, "functions.metadata")));
        var names = metadata.RootElement.EnumerateArray().Select(f => f.GetProperty("name").GetString()!);
        Assert.Equal(Functions(), names.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Functions() => Directory
        .GetFiles(Path.Combine(Repository.Root, "functions"), "*.cs", SearchOption.AllDirectories)
        .Where(f => !f.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal))
        .SelectMany(f => Declared().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Order(StringComparer.Ordinal);

    [GeneratedRegex("""\[Function\((?:nameof\(|")(\w+)""")]
    private static partial Regex Declared();
}
