using System.Text.Json;
using System.Text.RegularExpressions;

namespace HsNas.Infra.Tests;

/// <summary>Alerts and workbook ask for what the code emits, and there is a page for every alert.</summary>
public sealed partial class WatchingTests
{
    private static readonly HashSet<string> Emitted =
        [.. CodeSettings.Sources().SelectMany(s => Instrument().Matches(s)).Select(m => m.Groups["name"].Value)];

    [Fact]
    public void Metrics_that_alerts_and_workbook_ask_for_are_emitted()
    {
        var asked = Queries().SelectMany(q => Metric().Matches(q)).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.Superset(new HashSet<string>(["hsnas.search.silence", "hsnas.jobs.poisoned", "hsnas.llm.cost"]), asked);
        Assert.All(asked, name => Assert.Contains(name, Emitted));
    }

    [Fact]
    public void Metrics_that_are_emitted_are_in_the_documentation()
    {
        var page = File.ReadAllText(Path.Combine(Bicep.Root, "docs", "security.md"));
        Assert.NotEmpty(Emitted);
        Assert.All(Emitted, name => Assert.Contains($"`{name}`", page, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_alert_has_a_runbook_and_every_runbook_an_alert()
    {
        var alerts = Snapshot.Of("dts").Resources("Microsoft.Insights/scheduledQueryRules");
        var named = alerts.Select(a => a.GetProperty("properties").GetProperty("description").GetString()!.Split(' ')[^1]).Order();
        var pages = Directory.GetFiles(Path.Combine(Bicep.Root, "docs", "runbooks"), "*.md")
            .Select(f => Path.GetRelativePath(Bicep.Root, f)).Order();
        Assert.Equal(pages, named);
        Assert.All(alerts, a => Assert.NotEmpty(
            a.GetProperty("properties").GetProperty("actions").GetProperty("actionGroups").EnumerateArray()));
    }

    [Fact]
    public void Settings_and_metrics_that_runbooks_name_exist()
    {
        var text = string.Join('\n', Directory.GetFiles(Path.Combine(Bicep.Root, "docs", "runbooks"), "*.md").Select(File.ReadAllText));
        var settings = Setting().Matches(text).Select(m => m.Value).ToList();
        Assert.NotEmpty(settings);
        Assert.All(settings, name => Assert.Contains(name, CodeSettings.All));
        Assert.All(Metric().Matches(text), m => Assert.Contains(m.Value, Emitted));
    }

    [Fact]
    public void The_column_that_an_alert_measures_is_one_of_its_query() => Assert.All(
        Snapshot.Of("storage").Resources("Microsoft.Insights/scheduledQueryRules"), alert =>
        {
            var rule = alert.GetProperty("properties").GetProperty("criteria").GetProperty("allOf")[0];
            Assert.Contains(
                $"summarize {rule.GetProperty("metricMeasureColumn").GetString()} = ", rule.GetProperty("query").GetString(),
                StringComparison.Ordinal);
        });

    [Fact]
    public void Spend_is_bounded_by_a_budget_that_is_told_of_at_half_and_when_it_will_not_last()
    {
        var budget = Assert.Single(Snapshot.Of("dts").Resources("Microsoft.Consumption/budgets")).GetProperty("properties");
        var notifications = budget.GetProperty("notifications").EnumerateObject().Select(n => n.Value).ToList();
        Assert.Equal(["Actual", "Forecasted"], notifications.Select(n => n.GetProperty("thresholdType").GetString()));
        Assert.All(notifications, n => Assert.Equal("operator@example.com", n.GetProperty("contactEmails")[0].GetString()));
    }

    [Fact]
    public void Everything_that_has_logs_or_metrics_of_its_own_sends_them_to_the_workspace()
    {
        var scopes = Snapshot.Of("dts").Resources("Microsoft.Insights/diagnosticSettings")
            .Select(d => d.GetProperty("id").GetString()!.Split("/providers/")[^2].Split('/')).Select(p => $"{p[0]}/{p[1]}");
        Assert.Equal(
            ["Microsoft.App/managedEnvironments", "Microsoft.CognitiveServices/accounts", "Microsoft.ContainerRegistry/registries",
                "Microsoft.DurableTask/schedulers", "Microsoft.Storage/storageAccounts", "Microsoft.Storage/storageAccounts",
                "Microsoft.Web/sites"],
            scopes.Order(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Queries()
    {
        var watching = Path.Combine(Bicep.Infra, "watching");
        foreach (var file in Directory.GetFiles(Path.Combine(watching, "queries"), "*.kql")) yield return File.ReadAllText(file);
        using var workbook = JsonDocument.Parse(File.ReadAllText(Path.Combine(watching, "workbook.json")));
        foreach (var item in workbook.RootElement.GetProperty("items").EnumerateArray())
            if (item.GetProperty("content").TryGetProperty("query", out var query)) yield return query.GetString()!;
    }

    [GeneratedRegex(@"Create(?:Counter|Histogram|Gauge)<\w+>\(\s*""(?<name>[\w.]+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Instrument();

    [GeneratedRegex(@"\b[A-Z]\w+__\w+", RegexOptions.None, 1000)]
    private static partial Regex Setting();

    [GeneratedRegex(@"hsnas\.[a-z_.]+[a-z]", RegexOptions.None, 1000)]
    private static partial Regex Metric();
}
