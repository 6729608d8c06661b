using System.Text;
using HsNas.Cli.Tests.Screens;
using HsNas.Contracts.Requests;
using HsNas.Dashboard.Models;
using HsNas.Evolution.Constraints;

namespace HsNas.Dashboard.Tests;

public sealed class ReportTests
{
    [Fact]
    public async Task It_opens_with_what_was_asked_and_found_whether_limits_hold_what_it_cost_and_the_floors()
    {
        var sample = Samples.Result(compare: true);
        var html = await Report.RenderAsync(sample with
        {
            Floors = [new SearchFloor(FloorNames.Random, Samples.Architecture, 6.7)],
            Labels = sample.Labels! with { CostUsd = 0.4m, SpentUsd = 0.1m },
        });

        var opening = html[..html.IndexOf("<table", StringComparison.Ordinal)];
        Assert.Contains(
            "Asked for: the best architecture for tiny-en-de on default", opening, StringComparison.Ordinal);
        Assert.Contains(", with latency of at most 9.3 ms; 30 generations of 125.", opening, StringComparison.Ordinal);
        Assert.Contains("8.00 ms measured", opening, StringComparison.Ordinal);
        Assert.Contains("all hold", opening, StringComparison.Ordinal);
        Assert.Contains("$0.10 paid now", opening, StringComparison.Ordinal);
        Assert.Contains("all beaten", opening, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">HAT</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_one_small_file_that_asks_nobody_for_anything_and_runs_no_script()
    {
        var html = await Report.RenderAsync(Samples.Result(model: Hostile.Text, compare: true));

        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1000, 400_000);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.Ordinal);
        Assert.DoesNotContain("src=\"", html, StringComparison.Ordinal);
        Hostile.AssertHarmless(html);
    }

    [Fact]
    public async Task It_draws_the_population_without_what_only_a_script_could_move_and_stays_small()
    {
        var architecture = Samples.Architecture;
        var population = new Population("validation loss", false, [.. Enumerable.Range(0, 10_000).Select(i => new Candidate(
            i, architecture, 6 + (i / 1000.0), new Dictionary<string, double> { [ConstraintIds.GFlops] = 1 + (i % 4999 / 1000.0) }))]);

        var html = await Report.RenderAsync(Samples.Result(), population: population);

        Assert.Contains("10,000 scored candidates.", html, StringComparison.Ordinal);
        var crowd = html.Split("class=\"crowd\"")[0].Split("<path d=\"")[^1];
        Assert.Equal(10_000, crowd.Split('M').Length - 1 + html.Split("data-n=").Length - 1);
        Assert.DoesNotContain("data-crowd", html, StringComparison.Ordinal);
        Assert.DoesNotContain("data-zoom", html, StringComparison.Ordinal);
        Assert.InRange(Encoding.UTF8.GetByteCount(html), 1000, 400_000);
    }

    [Fact]
    public async Task Without_a_winner_it_says_so() => Assert.Contains(
        "No finalist kept the limits when measured.", await Report.RenderAsync(Samples.Result(winner: false)), StringComparison.Ordinal);
}
