using System.Text.Json;
using HsNas.Contracts;

namespace HsNas.Infra.Tests;

/// <summary>The files of <c>infra</c> by Bicep's own compiler.</summary>
public sealed class InfrastructureTests
{
    private static readonly string Main = Path.Combine(Bicep.Infra, "main.bicep");

    private static readonly Lazy<Task<CompiledTemplate>> Compiled = new(async () =>
        new CompiledTemplate(JsonDocument.Parse((await Bicep.RunAsync("build", Main, "--stdout")).Output).RootElement));

    [Fact]
    public async Task Every_file_builds_and_lints_without_a_warning()
    {
        Assert.Equal(("", 0), await ComplaintsAsync("build", Main, "--stdout"));
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
    public async Task Containers_are_those_that_the_code_names()
    {
        var names = (await Compiled.Value).LastNames("Microsoft.Storage/storageAccounts/blobServices/containers");
        Assert.Equal(BlobLayout.Containers.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Queues_are_those_that_the_code_names()
    {
        var names = (await Compiled.Value).LastNames("Microsoft.Storage/storageAccounts/queueServices/queues");
        Assert.Equal(BlobLayout.Queues.Order(StringComparer.Ordinal), names.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Workers_follow_the_queue_of_jobs_in_the_account_made_here()
    {
        var apps = (await Compiled.Value).Resources("Microsoft.App/containerApps")
            .Select(a => a.Resource.GetProperty("properties").GetProperty("template").GetProperty("scale"));
        var rules = apps.Where(s => s.TryGetProperty("rules", out _)).SelectMany(s => s.GetProperty("rules").EnumerateArray());
        var rule = Assert.Single(rules).GetProperty("custom");

        Assert.Equal("azure-queue", rule.GetProperty("type").GetString());
        Assert.Equal(BlobLayout.JobQueue, rule.GetProperty("metadata").GetProperty("queueName").GetString());
        Assert.Equal("[parameters('storageAccount')]", rule.GetProperty("metadata").GetProperty("accountName").GetString());
    }

    [Fact]
    public async Task The_accounts_name_has_a_length_that_azure_takes()
    {
        var (module, account) = Assert.Single((await Compiled.Value).Resources("Microsoft.Storage/storageAccounts"));
        Assert.Equal("[parameters('name')]", account.GetProperty("name").GetString());
        var name = module.Parameter("name");
        var (least, most) = (name.GetProperty("minLength").GetInt32(), name.GetProperty("maxLength").GetInt32());
        Assert.Equal((3, 24), (least, most));
        // The prefix and the thirteen characters of uniqueString.
        var prefix = (await Compiled.Value).Parameter("name");
        Assert.InRange(prefix.GetProperty("minLength").GetInt32() + 13, least, most);
        Assert.InRange(prefix.GetProperty("maxLength").GetInt32() + 13, least, most);
    }

    private static Task<(string Diagnostics, int ExitCode)> LintAsync(string folder) =>
        ComplaintsAsync("lint", "--pattern", Path.Combine(folder, "*.bicep"));

    private static async Task<(string Diagnostics, int ExitCode)> ComplaintsAsync(params string[] arguments)
    {
        var (_, diagnostics, code) = await Bicep.RunAsync(arguments);
        return (diagnostics, code);
    }
}
