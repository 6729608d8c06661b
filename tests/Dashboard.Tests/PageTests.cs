using HsNas.Cli.Tests.Screens;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Pages;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Predictors;

namespace HsNas.Dashboard.Tests;

/// <summary>Pages as text: what they say, and that they say hostile texts harmlessly.</summary>
public sealed class PageTests
{
    private static readonly IReadOnlyList<RequestField> Fields = SearchFields.All(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);

    [Fact]
    public async Task The_list_shows_a_search_and_obeys_none_of_its_texts()
    {
        var row = Summary() with { Task = Hostile.Text, Phase = Hostile.Text, Metric = Hostile.Text, CostUsd = 0.25m, SecondsLeft = 90 };
        var html = await PageRenderer.RenderAsync<SearchListPage>(
            new SearchListModel([row], 7, [Hostile.Text], ["Running"], ConstraintSet.BuiltIn)
        {
            Filters = new Dictionary<string, string> { ["task"] = Hostile.Text },
        });

        Hostile.AssertHarmless(html);
        Assert.Contains("latency &#x2264; 9.3 ms", html, StringComparison.Ordinal);
        Assert.Contains("$0.25", html, StringComparison.Ordinal);
        Assert.Contains("1 min 30 s", html, StringComparison.Ordinal);
        Assert.Contains("7 searches, the first 1 of them", html, StringComparison.Ordinal);
        Assert.Contains("datetime=\"2026-01-02T03:04:05Z\"", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Running", true)]
    [InlineData("Completed", false)]
    public async Task A_search_is_cancelled_while_it_lives_only(string state, bool can)
    {
        var html = await PageRenderer.RenderAsync<SearchPage>(Search(state));

        Hostile.AssertHarmless(html);
        Assert.Equal(can, html.Contains("data-post=\"searches/id1/cancel\"", StringComparison.Ordinal));
        Assert.Contains("ranked by the supernet", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Errors_and_notes_of_a_search_are_escaped()
    {
        var search = Search("Failed");
        var html = await PageRenderer.RenderAsync<SearchPage>(search with
        {
            Status = search.Status with { Error = Hostile.Text },
            Stages = [new StageBar(new StageStatus("supernet", StageState.Stopped, 3, 9, Hostile.Text, Hostile.Text, 12), 4, 1)],
            Result = Samples.Result(model: Hostile.Text) with { DeviceFingerprint = Hostile.Text, PredictorReason = Hostile.Text },
        });

        Hostile.AssertHarmless(html);
        Assert.Contains("3/9", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_has_an_input_for_every_field_and_a_place_for_its_error()
    {
        var html = await PageRenderer.RenderAsync<StartPage>(new StartModel(Fields, [Hostile.Text]));

        Hostile.AssertHarmless(html);
        Assert.All(Leaves(Fields), f => Assert.Contains($"data-path=\"{f.Path}\"", html, StringComparison.Ordinal));
        Assert.All(Leaves(Fields), f => Assert.Contains($"data-fault=\"{f.Path}\"", html, StringComparison.Ordinal));
        Assert.Contains("1 to", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sweeps_with_hostile_names_are_harmless()
    {
        var sweep = new SweepSummary("id", Hostile.Text, "Running", new SweepCounts(1, 2, 3, 4), 0.5m, 2, default, default);
        var html = await PageRenderer.RenderAsync<SweepsPage>(new SweepList([sweep], null));

        Hostile.AssertHarmless(html);
        Assert.Contains("3 of 10 done", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_without_a_key_holds_no_data_and_names_this_app_only()
    {
        var html = await PageRenderer.RenderAsync<Shell>(new object());

        Assert.StartsWith("<!doctype html>", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http", html, StringComparison.Ordinal);
        Hostile.AssertHarmless(html);
    }

    [Fact]
    public void The_module_and_the_style_sheet_are_small_and_ask_nobody_else()
    {
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Assets.Module), 1, 12 * 1024);
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(Assets.StyleSheet), 1, 20 * 1024);
        foreach (var asset in new[] { Assets.Module, Assets.StyleSheet })
        {
            Assert.DoesNotContain("http:", asset, StringComparison.Ordinal);
            Assert.DoesNotContain("https:", asset, StringComparison.Ordinal);
            Assert.DoesNotContain("eval(", asset, StringComparison.Ordinal);
        }
    }

    private static SearchSummary Summary() => new(
        "id1", "tiny-en-de", "default", new SearchConstraints { LatencyMs = 9.3 }, "Running", "search",
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), default);

    private static SearchModel Search(string state) => new()
    {
        Summary = Summary() with { State = state },
        Status = new SearchStatus("id1", state, [], null, new Dictionary<string, string>()),
        Request = new SearchRequest { Task = "tiny-en-de" },
        Constraints = ConstraintSet.BuiltIn,
        Trace = [new GenerationTrace(1, Metrics.ValidationLoss, MetricDirection.LowerIsBetter, 6.5, 7, 6.8, 10, "key", 10)],
        Commands = RequestCommands.Of(new SearchRequest { Task = "tiny-en-de" }, Fields),
    };

    private static IEnumerable<RequestField> Leaves(IEnumerable<RequestField> fields) =>
        fields.SelectMany(f => f.Kind == FieldKind.Group ? Leaves(f.Fields) : [f]);
}
