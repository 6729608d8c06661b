using System.Text.Json;

namespace HsNas.Infra.Tests;

/// <summary>The files of <c>infra</c> by Bicep's own compiler.</summary>
public sealed class InfrastructureTests
{
    private static readonly string Main = Path.Combine(Bicep.Infra, "main.bicep");

    [Fact]
    public async Task Every_file_builds_and_lints_without_a_warning()
    {
        Assert.Equal(("", 0), await ComplaintsAsync("build", Main, "--stdout", "--no-restore"));
        Assert.Equal(("", 0), await LintAsync(Bicep.Infra));
    }

    [Fact]
    public async Task A_warning_would_be_seen()
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-bicep-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "unused.bicep"), "param nobodyReadsThis string\n");

        var (diagnostics, _) = await LintAsync(folder.FullName);

        Assert.Contains("no-unused-params", diagnostics, StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task The_accounts_name_has_a_length_that_azure_takes()
    {
        using var compiled = JsonDocument.Parse((await Bicep.RunAsync("build", Main, "--stdout", "--no-restore")).Output);
        var name = compiled.RootElement.GetProperty("parameters").GetProperty("name");
        // The prefix and the thirteen characters of uniqueString; 3 to 24 are allowed.
        Assert.InRange(name.GetProperty("minLength").GetInt32() + 13, 3, 24);
        Assert.InRange(name.GetProperty("maxLength").GetInt32() + 13, 3, 24);
    }

    private static Task<(string Diagnostics, int ExitCode)> LintAsync(string folder) =>
        ComplaintsAsync("lint", "--pattern", Path.Combine(folder, "**", "*.bicep"), "--no-restore");

    private static async Task<(string Diagnostics, int ExitCode)> ComplaintsAsync(params string[] arguments)
    {
        var (_, diagnostics, code) = await Bicep.RunAsync(arguments);
        return (diagnostics, code);
    }
}
