using System.Text;
using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Shared.Tests.Sweeps;

public class SweepReaderTests
{
    private static readonly string[] Tasks = ["tiny-en-de", "tiny-en-fr"];
    private static readonly SweepReader Reader = new(Tasks, ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);

    [Fact]
    public void A_grid_is_the_product_of_its_axes_and_the_last_varies_fastest()
    {
        var request = Read("""
            { "name": "mine", "search": { "task": "tiny-en-de", "evolution": { "iterations": 20 }, "limits": { "gFlops": 1 } },
              "grid": { "window": [null, { "start": 1, "end": 20 }], "limits.latencyMs": [4, 5.5], "evolution.seed": [1, 2] },
              "parallel": 3, "maxCostUsd": 2.5 }
            """).Request!;

        Assert.Equal(("mine", 3, 2.5), (request.Name, request.Parallel, request.MaxCostUsd));
        Assert.Equal(
            [(null, 4, 1), (null, 4, 2), (null, 5.5, 1), (null, 5.5, 2), (20, 4, 1), (20, 4, 2), (20, 5.5, 1), (20, 5.5, 2)],
            request.Cells.Select(c => (c.Request.Window?.End, c.Request.Limits.LatencyMs!.Value, c.Request.Evolution.Seed)));
        Assert.All(request.Cells, c => Assert.Equal((20, 1.0), (c.Request.Evolution.Iterations, c.Request.Limits.GFlops!.Value)));
        Assert.Equal(["window", "limits.latencyMs", "evolution.seed"], request.Cells[5].Axes.Select(a => a.Path));
        Assert.Equal([1, 0, 1], request.Cells[5].Axes.Select(a => a.Index));
    }

    [Fact]
    public void The_grid_may_give_all_that_a_search_needs() => Assert.Equal(
        Tasks, Read("""{ "grid": { "task": ["tiny-en-de", "tiny-en-fr"] } }""").Request!.Cells.Select(c => c.Request.Task));

    [Theory]
    [InlineData("""{ }""", "grid", "is required")]
    [InlineData("""{ "grid": {} }""", "grid", "at least one axis")]
    [InlineData("""{ "grid": [1] }""", "grid", "must be an object, not a list")]
    [InlineData("""{ "grid": { "evolution.seeds": [1] } }""", "grid.evolution.seeds", "is unknown; allowed: task, device,")]
    [InlineData("""{ "grid": { "evolution.seed": [] } }""", "grid.evolution.seed", "at least one value")]
    [InlineData("""{ "grid": { "evolution.seed": 1 } }""", "grid.evolution.seed", "must be a list of values, not 1")]
    [InlineData("""{ "grid": { "evolution.seed": [1, 2, 1] } }""", "grid.evolution.seed[2]", "repeats the value 1")]
    [InlineData("""{ "grid": { "limits.gFlops": [4, 4.0] } }""", "grid.limits.gFlops[1]", "repeats the value 4.0")]
    [InlineData("""{ "grid": { "evolution.seed": [1], "evolution.seed": [2] } }""", "grid.evolution.seed", "is given twice")]
    [InlineData("""{ "grid": { "window": [null], "window.end": [4] } }""", "grid.window.end", "lies inside of the axis window")]
    [InlineData("""{ "grid": { "evolution.seed": ["x"] } }""", "grid.evolution.seed[0]", "must be a whole number, not \"x\"")]
    [InlineData("""{ "grid": { "limits.latencyMs": [4, 0] } }""", "grid.limits.latencyMs[1]", "above 0")]
    [InlineData("""{ "grid": { "window": [{ "start": 1, "end": 99 }] } }""", "grid.window[0].end", "from -1 to 30")]
    [InlineData("""{ "grid": { "window": [{ "start": 1, "finish": 9 }] } }""", "grid.window[0].finish", "is unknown")]
    [InlineData("""{ "grid": { "task": ["no-such-task"] } }""", "grid.task[0]", "must be one of")]
    [InlineData("""{ "search": 5, "grid": { "evolution.seed": [1] } }""", "search", "must be an object, not 5")]
    [InlineData("""{ "search": { "evolution": 5 }, "grid": { "evolution.seed": [1] } }""", "search.evolution", "must be an object")]
    [InlineData("""{ "search": { "task": "a", "task": "b" }, "grid": { "evolution.seed": [1] } }""", "search.task", "is given twice")]
    [InlineData("""{ "search": { "labels": 3 }, "grid": { "evolution.seed": [1] } }""", "search.labels", "from 20")]
    [InlineData("""{ "search": { "labels": 3 }, "grid": { } }""", "search.labels", "from 20")]
    [InlineData("""{ "search": { }, "grid": { "evolution.seed": [1] } }""", "search.task", "is required")]
    [InlineData("""{ "search": { "task": "\ud800" }, "grid": { "evolution.seed": [1] } }""", "search.task", "not valid Unicode")]
    [InlineData("""{ "parallel": 17, "grid": { "evolution.seed": [1] } }""", "parallel", "from 1 to 16")]
    [InlineData("""{ "maxCostUsd": 0, "grid": { "evolution.seed": [1] } }""", "maxCostUsd", "above 0")]
    [InlineData("""{ "name": "a\nb", "grid": { "evolution.seed": [1] } }""", "name", "control character")]
    [InlineData("""{ "seeds": 3, "grid": { "evolution.seed": [1] } }""", "seeds", "is unknown")]
    public void A_fault_is_named_by_its_field(string json, string field, string message)
    {
        var (request, errors) = Read(json);

        Assert.Null(request);
        Assert.Contains(message, Assert.Single(errors, e => e.Field == field).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fault_that_no_axis_has_alone_names_the_first_cell_that_has_it()
    {
        var errors = Read("""
            { "search": { "task": "tiny-en-de", "window": { "start": 1, "end": 20 } }, "grid": { "evolution.iterations": [30, 10, 5] } }
            """).Errors;

        Assert.Equal(["search.window.end", "search.window.end"], errors.Select(e => e.Field));
        Assert.Equal(
            "must be a whole number from -1 to 10, not 20. So it is with evolution.iterations[1] of the grid.", errors[0].Message);
    }

    [Fact]
    public void A_thousand_searches_are_allowed_and_no_more()
    {
        static string Grid(int seeds) => $$"""
            { "search": { "task": "tiny-en-de" },
              "grid": { "limits.latencyMs": [1, 2], "evolution.seed": [{{string.Join(',', Enumerable.Range(0, seeds))}}] } }
            """;

        Assert.Equal(1000, Read(Grid(500)).Request!.Cells.Count);
        Assert.Equal("has 1002 searches; at most 1000 are allowed.", Read(Grid(501)).Errors.Single(e => e.Field == "grid").Message);
    }

    [Fact]
    public void Cells_that_mean_the_same_search_are_one() => Assert.Single(
        Read("""{ "search": { "task": "tiny-en-de" }, "grid": { "window": [null, { "start": 1, "end": 15 }] } }""").Request!.Cells);

    [Fact]
    public void More_rows_have_the_sweeps_search_unless_they_bring_their_own()
    {
        var search = JsonElement.Parse("""{ "task": "tiny-en-de", "labels": 50 }""");
        SweepRowsRequest Rows(string json) => Reader.ReadRows(Encoding.UTF8.GetBytes(json), search).Request!;

        Assert.Equal(50, Assert.Single(Rows("""{ "grid": { "evolution.seed": [7] } }""").Cells).Request.Labels);
        Assert.Equal(
            60, Assert.Single(Rows("""{ "search": { "task": "tiny-en-de", "labels": 60 }, "grid": { "evolution.seed": [7] } }""").Cells)
                .Request.Labels);
        Assert.Equal("parallel", Assert.Single(
            Reader.ReadRows("""{ "parallel": 2, "grid": { "evolution.seed": [7] } }"""u8.ToArray(), search).Errors).Field);
    }

    [Fact]
    public void A_row_is_named_by_its_sweep_and_by_what_is_searched_for()
    {
        static SweepCell Cell(SearchRequest request) => new([], request);
        var request = new SearchRequest { Task = "tiny-en-de" };
        var id = SweepRow.Of("a", Cell(request)).Search;

        Assert.Equal(id, SweepRow.Of("a", Cell(request with { Window = new HybridSchedule(1, 15) })).Search);
        Assert.NotEqual(id, SweepRow.Of("b", Cell(request)).Search);
        Assert.NotEqual(id, SweepRow.Of("a", Cell(request with { Labels = 100 })).Search);
        Assert.Matches("^[0-9a-f]{32}$", id);
    }

    private static ReadSweep<SweepRequest> Read(string json) => Reader.Read(Encoding.UTF8.GetBytes(json));
}
