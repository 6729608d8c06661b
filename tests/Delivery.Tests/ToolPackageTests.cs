using System.IO.Compression;

namespace HsNas.Delivery.Tests;

/// <summary>The command as a .NET tool: packed, installed from the package alone, run outside of a checkout.</summary>
public sealed class ToolPackageTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hsnas-tool-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_packed_tool_installs_answers_help_and_says_what_needs_a_checkout()
    {
        var project = Path.Combine(Repository.Root, "cli", "HsNas.Cli.csproj");
        await DoAsync("pack", project, "-c", "Release", "--no-build", "-o", _folder, "-v", "q");
        var package = Assert.Single(Directory.GetFiles(_folder, "*.nupkg"));
        var version = Path.GetFileNameWithoutExtension(package)["HsNas.Cli.".Length..];
        await File.WriteAllTextAsync(
            Path.Combine(_folder, "nuget.config"),
            $"""<configuration><packageSources><clear /><add key="here" value="{_folder}" /></packageSources></configuration>""");
        var tools = Path.Combine(_folder, "tools");
        await DoAsync(
            "tool", "install", "HsNas.Cli", "--tool-path", tools, "--version", version,
            "--configfile", Path.Combine(_folder, "nuget.config"));
        var hsnas = Path.Combine(tools, OperatingSystem.IsWindows() ? "hsnas.exe" : "hsnas");

        var (code, help) = await Repository.RunAsync(hsnas, "", "--help");
        var (refused, reason) = await Repository.RunAsync(hsnas, "", "up");

        Assert.Equal(0, code);
        Assert.Contains("search", help, StringComparison.Ordinal);
        Assert.NotEqual(0, refused);
        Assert.Contains("This is no checkout of HsNas", reason, StringComparison.Ordinal);
        AssertNatives(package);
    }

    // ONNX Runtime's natives of the machines that people use, and no others: 250 MB would be in the way of a command line.
    private static void AssertNatives(string package)
    {
        using var archive = ZipFile.OpenRead(package);
        var machines = archive.Entries.Select(e => e.FullName.Split("/runtimes/")).Where(p => p.Length == 2 && p[1].Contains("/native/"))
            .Select(p => p[1].Split('/')[0]).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["linux-arm64", "linux-x64", "osx-arm64", "win-arm64", "win-x64"], machines);
        Assert.InRange(new FileInfo(package).Length, 0, 80_000_000);
    }

    private static async Task DoAsync(params string[] arguments)
    {
        var (code, output) = await Repository.RunAsync("dotnet", "", arguments);
        Assert.True(code == 0, $"dotnet {arguments[0]}: {output}");
    }
}
