using System.Text;
using HsNas.Cli.Tests.Screens;
using HsNas.Contracts.Requests;

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
    public async Task Without_a_winner_it_says_so() => Assert.Contains(
        "No finalist kept the limits when measured.", await Report.RenderAsync(Samples.Result(winner: false)), StringComparison.Ordinal);
}
