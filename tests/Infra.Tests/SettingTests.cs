using System.Text.RegularExpressions;

namespace HsNas.Infra.Tests;

/// <summary>Settings of the programs on Azure are those that something reads, and all of those are set or left for a reason.</summary>
public sealed partial class SettingTests
{
    // Read by what runs our code, not by our code.
    private static readonly Dictionary<string, string> ReadByOthers = new(StringComparer.Ordinal)
    {
        ["AZURE_CLIENT_ID"] = "Azure.Identity: which identity DefaultAzureCredential takes",
        ["AzureWebJobsStorage__credential"] = "Functions host: storage by identity",
        ["AzureWebJobsStorage__clientId"] = "Functions host: which identity",
        ["AzureWebJobsStorage__tableServiceUri"] = "Functions host: the task hub's tables",
        ["APPLICATIONINSIGHTS_AUTHENTICATION_STRING"] = "Functions host: its own telemetry by identity",
        ["FUNCTIONS_WORKER_RUNTIME"] = "Functions host",
        ["DURABLE_TASK_SCHEDULER_CONNECTION_STRING"] = "Durable Functions: where the scheduler is; named by the setting below",
        ["AzureFunctionsJobHost__extensions__durableTask__hubName"] = "host.json",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__type"] = "host.json",
        ["AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName"] = "host.json",
    };

    [Fact]
    public void Every_setting_that_is_set_is_read() => Assert.All(
        Snapshot.All.SelectMany(s => s.Settings().Values).SelectMany(s => s.Keys).Distinct(), name => Assert.True(
            CodeSettings.All.Contains(name) || ReadByOthers.ContainsKey(name) || SwitchesOff(name), $"Nobody reads {name}."));

    [Fact]
    public void Every_setting_that_is_read_is_set_or_listed_with_a_reason()
    {
        var set = new[] { "storage", "dts" }.SelectMany(n => Snapshot.Of(n).Settings().Values).SelectMany(s => s.Keys).ToHashSet();
        Assert.Equal(CodeSettings.All.Except(set).Order(StringComparer.Ordinal), LeftAlone().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_look_at_the_sources_finds_settings_of_every_form() => Assert.Superset(
        new HashSet<string>(
            ["Llm__Endpoint", "Llm__Price__InputPerMillion", "Pipeline__ScoreJobs", "RateLimits__WriteBurst", "Redistillation__Tasks",
                "Worker__Device", "AzureWebJobsStorage", "AzureWebJobsStorage__queueServiceUri", "RedistilSchedule",
                "OTEL_EXPORTER_OTLP_ENDPOINT"], StringComparer.Ordinal),
        CodeSettings.All.ToHashSet(StringComparer.Ordinal));

    [Fact]
    public void More_settings_reach_the_app() =>
        Assert.Equal("50", Snapshot.Of("private").Settings()["functions"]["Pipeline__LatencyRuns"]);

    [Fact]
    public void The_app_takes_its_own_identity_and_the_worker_its_own() => Assert.All(Snapshot.All, snapshot => Assert.All(
        snapshot.Settings(), program => Assert.Contains(
            program.Key == "worker" ? "/hsnas-worker'" : "/hsnas-app'", program.Value["AZURE_CLIENT_ID"], StringComparison.Ordinal)));

    [Fact]
    public void The_scheduler_is_found_by_the_setting_that_host_settings_name()
    {
        var app = Snapshot.Of("dts").Settings()["functions-flex"];
        var named = app["AzureFunctionsJobHost__extensions__durableTask__storageProvider__connectionStringName"];
        Assert.Contains("Authentication=ManagedIdentity", app[named], StringComparison.Ordinal);
        Assert.Equal("azureManaged", app["AzureFunctionsJobHost__extensions__durableTask__storageProvider__type"]);
    }

    // AzureWebJobs.NAME.Disabled switches a function off, which must exist.
    private static bool SwitchesOff(string name) => Disabled().Match(name) is { Success: true } match
        && CodeSettings.Sources().Any(s => s.Contains($"[Function(nameof({match.Groups["function"].Value}))]", StringComparison.Ordinal));

    // "| `Llm__` | Kind, Scope | reason |" in the README.
    private static IEnumerable<string> LeftAlone() =>
        from line in File.ReadLines(Path.Combine(Bicep.Infra, "README.md"))
        let row = Row().Match(line)
        where row.Success
        from name in row.Groups["names"].Value.Split(',', StringSplitOptions.TrimEntries)
        select row.Groups["prefix"].Value + name;

    [GeneratedRegex(@"^AzureWebJobs\.(?<function>\w+)\.Disabled$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Disabled();

    [GeneratedRegex(@"^\| `(?<prefix>\w*)` \| (?<names>[\w, ]+) \| .+ \|$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
