using System.Text;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Parts;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Dashboard.Tests;

public sealed class ModelTests
{
    [Fact]
    public void The_front_holds_what_no_other_candidate_beats_in_both()
    {
        var population = Of((5, 7.0), (4, 7.2), (6, 7.1), (4, 7.3), (3, 7.5), (7, 6.9));

        Assert.Equal([4, 1, 0, 5], population.Front(ConstraintIds.GFlops).Select(c => c.Number));
    }

    [Fact]
    public void Of_more_candidates_than_fit_the_whole_front_and_all_finalists_are_drawn()
    {
        var all = Enumerable.Range(0, 10_000).Select(i => ((double)(i * 7919 % 10_007), 7 + (i * 104_729 % 1009 / 1009.0))).ToArray();
        var population = Of(all);
        var finalist = population.Candidates[4321] with { Role = CandidateRole.Finalist };
        population = population with { Candidates = [.. population.Candidates.Select(c => c.Number == 4321 ? finalist : c)] };

        var drawn = population.Drawn(ConstraintIds.GFlops, most: 2000).Select(c => c.Number).ToHashSet();

        Assert.InRange(drawn.Count, 1000, 2000);
        Assert.Equal(10_000, population.Drawn(ConstraintIds.GFlops).Count);
        Assert.Contains(4321, drawn);
        Assert.Superset(population.Front(ConstraintIds.GFlops).Select(c => c.Number).ToHashSet(), drawn);
    }

    [Fact]
    public async Task A_card_shows_what_was_predicted_beside_what_was_measured()
    {
        var architecture = new ArchitectureSampler(TaskCatalog.Get("tiny-en-de").Space, 1).Next();
        var candidate = new Candidate(0, architecture, 6.5, new Dictionary<string, double> { [ConstraintIds.LatencyMs] = 4.25 })
        {
            Role = CandidateRole.Finalist, Rank = 2, Measured = new Dictionary<string, double> { [ConstraintIds.LatencyMs] = 4.75 },
        };
        var html = await PageRenderer.RenderAsync<ArchitectureCard>(
            CardModel.Of(candidate, new Population(Hostile.Text, false, [candidate]), ConstraintSet.BuiltIn));

        Hostile.AssertHarmless(html);
        Assert.Contains("Finalist 2", html, StringComparison.Ordinal);
        Assert.Contains("<td>4.25 ms</td><td>4.75 ms</td>", html, StringComparison.Ordinal);
        Assert.Equal(architecture.EncoderLayers + architecture.DecoderLayers, html.Split("<rect").Length - 1);
    }

    [Fact]
    public void Commands_say_what_differs_from_the_defaults_quote_it_and_hold_no_key()
    {
        var fields = SearchFields.All(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);
        var request = SearchRequestReader.Read(Encoding.UTF8.GetBytes(
            """{"task":"tiny-en-de","limits":{"latencyMs":9},"evolution":{"seed":7},"window":{"start":1,"end":15},"trainWinner":false}"""),
            ["tiny-en-de"]).Request!;

        var commands = RequestCommands.Of(request, fields);

        Assert.Equal("./hsnas search submit --task tiny-en-de --seed 7 --latency-ms 9 --window 1 15 --no-training", commands.HsNas);
        Assert.Equal(request, SearchRequestReader.Read(Encoding.UTF8.GetBytes(commands.Json), ["tiny-en-de"]).Request);
        Assert.Contains("$HSNAS_KEY", commands.Curl, StringComparison.Ordinal);
        var hostile = RequestCommands.Of(request with { Device = "a'; rm -rf /; '" }, fields);
        Assert.Contains("--device 'a'\\''; rm -rf /; '\\'''", hostile.HsNas, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cell_of_csv_starts_no_formula_and_is_quoted_where_needed()
    {
        var table = new TableData(["a", "b"], [["=1+1", "x,\"y\""], ["-3.5", "-cmd"]]);
        Assert.Equal("a,b\r\n'=1+1,\"x,\"\"y\"\"\"\r\n-3.5,'-cmd\r\n", table.ToCsv());
    }

    [Theory]
    [InlineData(0.04, "0.0 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(7625.0, "2 h 07 min")]
    [InlineData(null, "–")]
    public void Spans_of_time_are_said_as_people_say_them(double? seconds, string words) => Assert.Equal(words, Say.Seconds(seconds));

    private static Population Of(params (double Cost, double Loss)[] points)
    {
        var architecture = new ArchitectureSampler(TaskCatalog.Get("tiny-en-de").Space, 1).Next();
        return new Population("validation loss", false, [.. points.Select((p, i) => new Candidate(
            i, architecture, p.Loss, new Dictionary<string, double> { [ConstraintIds.GFlops] = p.Cost }))]);
    }
}
