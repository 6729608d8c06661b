using System.Collections.Immutable;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Kernel;
using HsNas.Reporting.Sweeps;

namespace HsNas.Shared.Tests.Sweeps;

public class SweepTableTests
{
    [Fact]
    public void A_column_that_no_row_fills_is_left_out()
    {
        var table = Build([Done(1, 4, ("testBleu", 27.5), ("latencyMs", 3.25)), Waiting(2, 4)]);

        Assert.Equal(["testBleu", "latencyMs"], table.Columns.Select(c => c.Id));
        Assert.False(table.Final);
        Assert.Equal([SweepRowState.Done, SweepRowState.Waiting], table.Rows.Select(r => r.State));
    }

    [Fact]
    public void Without_measured_columns_only_those_are_left_that_another_run_fills_alike()
    {
        var row = Done(1, 4, ("testBleu", 27.5), ("latencyMs", 3.25), ("supernetScorings", 9), ("gFlops", 2));

        var table = SweepTableBuilder.Build("s", null, [row], withMeasured: false);

        Assert.Equal(["testBleu", "gFlops"], table.Columns.Select(c => c.Id));
        Assert.Equal(["gFlops", "testBleu"], table.Rows[0].Figures.Keys);
    }

    [Fact]
    public void Searches_that_differ_in_the_seed_alone_have_a_mean_and_a_standard_deviation()
    {
        var table = Build(
        [
            Done(1, 4, ("testBleu", 40.7), ("gFlops", 2)), Done(1, 5, ("testBleu", 10)), Done(2, 4, ("testBleu", 41.1)),
            Done(3, 4, ("testBleu", 41.5), ("gFlops", 2)),
        ]);

        Assert.Equal([("mean", 3), ("standard deviation", 3)], table.OverSeeds.Select(s => (s.Statistic, s.Seeds)));
        Assert.Equal(41.1, Assert.Single(table.OverSeeds[0].Figures).Value, 10);
        Assert.Equal(0.4, Assert.Single(table.OverSeeds[1].Figures).Value, 10);
        Assert.Equal(["", "4"], table.OverSeeds[0].Axes.Select(a => $"{a}"));
    }

    [Fact]
    public void Seeds_under_different_limits_are_not_put_together() =>
        Assert.Empty(Build([Done(1, 4, ("testBleu", 1)), Done(2, 5, ("testBleu", 2))]).OverSeeds);

    [Fact]
    public void A_row_of_a_grid_without_an_axis_has_the_value_of_its_request()
    {
        var request = new SearchRequest { Task = "t", Limits = new() { LatencyMs = 7 } };
        var other = new SweptRow(new SweepRow("x", [], request), SweepRowState.Waiting, null);

        var axes = Build([Done(2, 4), other]).Rows[1].Axes;

        Assert.Equal(["1", "7"], axes.Select(a => $"{a}"));
    }

    [Fact]
    public void All_forms_hold_the_same_and_quote_what_they_must()
    {
        var failed = new SweptRow(
            Row(2, 4), SweepRowState.Failed, new SweepOutcome("row-2-4", 0, "said \"no\", <b>twice</b>", 0, []));
        var table = Build([Done(1, 4, ("testBleu", 27.456)), failed]);

        Assert.Equal(
            "evolution.seed,limits.latencyMs,algorithm,testBleu,state,note,search\n"
                + "1,4,HS-NAS,27.46,done,,row-1-4\n"
                + "2,4,,,failed,\"said \"\"no\"\", <b>twice</b>\",row-2-4\n",
            SweepCsv.Render(table));
        var page = SweepPage.Render(table);
        Assert.Contains("<td>1</td><td>4</td><td>HS-NAS</td><td>27.46</td><td>done</td>", page, StringComparison.Ordinal);
        Assert.Contains("said &quot;no&quot;, &lt;b&gt;twice&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<h1>a &lt; b</h1>", page, StringComparison.Ordinal);
        Assert.Contains("\"testBleu\":27.456", JsonSerializer.Serialize(table, Json.Options), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_on_an_axis_is_told_by_its_fields()
    {
        var value = new SweepAxisValue("window", 0, JsonElement.Parse("""{ "start": 1, "end": 15 }"""));

        Assert.Equal("window start 1, end 15", SweepWords.Axes(new SweepRow("x", [value], new SearchRequest { Task = "t" })));
    }

    private static SweepTable Build(IReadOnlyList<SweptRow> rows) => SweepTableBuilder.Build("s", "a < b", rows);

    private static SweepRow Row(int seed, double latency) => new(
        $"row-{seed}-{latency}",
        [
            new SweepAxisValue("evolution.seed", 0, JsonSerializer.SerializeToElement(seed)),
            new SweepAxisValue("limits.latencyMs", 0, JsonSerializer.SerializeToElement(latency)),
        ],
        new SearchRequest { Task = "t", Limits = new() { LatencyMs = latency }, Evolution = new() { Seed = seed } });

    private static SweptRow Waiting(int seed, double latency) => new(Row(seed, latency), SweepRowState.Waiting, null);

    private static SweptRow Done(int seed, double latency, params (string Id, double Value)[] figures)
    {
        var line = new SweepLine("HS-NAS", null, figures.ToImmutableSortedDictionary(f => f.Id, f => f.Value, StringComparer.Ordinal));
        var row = Row(seed, latency);
        return new SweptRow(row, SweepRowState.Done, new SweepOutcome(row.Search, 0, null, 0, [line]));
    }
}
