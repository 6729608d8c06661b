using System.Text.Encodings.Web;
using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Dashboard;
using HsNas.Evolution.Constraints;
using HsNas.Reporting;

namespace HsNas.Cli.Tests.Screens;

public class ResultScreenTests
{
    [Fact]
    public void The_winner_its_limits_and_its_quality_are_told()
    {
        var text = Print(Samples.Result());

        Assert.Contains("2 layers of width 64; FFN 128, 256; heads 4, 2", text, StringComparison.Ordinal);
        Assert.Contains("1 layer of width 48; FFN 64; heads 2 self, 4 cross; last 2 encoder layers attended", text,
            StringComparison.Ordinal);
        Assert.Contains("8 ms measured, 8.5 predicted; limit 9.3: kept", text, StringComparison.Ordinal);
        Assert.Contains("5.432 bits per token", text, StringComparison.Ordinal);
        Assert.Contains("12.58 test, 14.07 validation", text, StringComparison.Ordinal);
        Assert.Contains("61.3 s = 1.3 s distilled MLP + 60.0 s supernet", text, StringComparison.Ordinal);
        Assert.Contains("3,000 from 3,000 calls (2,990 made now), 4,200,000 prompt and 12,000 answer tokens", text,
            StringComparison.Ordinal);
        Assert.Contains("tau-b undefined", text, StringComparison.Ordinal);
        Assert.Contains("supernet 70 s.", text, StringComparison.Ordinal);
        Assert.EndsWith("Report: r.html", text.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missed_limit_is_no_secret() =>
        Assert.Contains("10 ms measured, 10.5 predicted; limit 9.3: MISSED", Print(Samples.Result(measuredMs: 10)),
            StringComparison.Ordinal);

    [Theory]
    [InlineData(8.0, 7.5, null)]
    [InlineData(13.0, 7.5, "slower")]
    [InlineData(13.0, 40.0, null)]
    [InlineData(5.0, 7.5, "faster")]
    public async Task A_device_that_is_no_longer_what_it_was_is_told(double measuredMs, double mape, string? word)
    {
        // Predicted is always 8.5 ms.
        var sample = Samples.Result(measuredMs) with { LatencyMape = mape };
        var result =
            sample with { Runs = [sample.Requested with { Finalists = [.. sample.Requested.Finalists.Select(
            f => f with { PredictedMs = 8.5 })] }] };

        var warning = LatencyDrift.Warning(result);

        Assert.Equal(measuredMs / 8.5, LatencyDrift.Of(result)!.Value, 9);
        Assert.Equal(word is null, warning is null);
        if (word is null || warning is null) return;
        Assert.Contains(word, warning, StringComparison.Ordinal);
        Assert.Contains(warning, ResultScreen.Notes(result));
        Assert.Contains(HtmlEncoder.Default.Encode(warning), await Report.RenderAsync(result), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, false)]
    [InlineData(0.9, false)]
    [InlineData(0.5, true)]
    public void A_device_that_was_busy_while_finalists_were_measured_is_told(double? share, bool isTold)
    {
        var notes = ResultScreen.Notes(Samples.Result(8) with { DevicePaceShare = share });
        Assert.Equal(isTold, notes.Any(n => n.Contains("it worked at 50 % of the pace", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_regression_is_never_called_a_language_model()
    {
        Assert.Contains("in-context regression, not a language model", Print(Samples.Result()), StringComparison.Ordinal);
        var real = Print(Samples.Result(model: "gpt-4o-mini-2024-07-18"));
        Assert.Contains("(gpt-4o-mini-2024-07-18)", real, StringComparison.Ordinal);
        Assert.DoesNotContain("not a language model", real, StringComparison.Ordinal);
    }

    [Fact]
    public void A_comparison_stands_side_by_side()
    {
        var rows = ResultTable.Rows(Samples.Result(compare: true), ConstraintSet.BuiltIn).ToDictionary(r => r.Name, r => r.Cells);

        Assert.All(rows.Values, cells => Assert.Equal(2, cells.Count));
        Assert.EndsWith("kept", rows["latency"][0], StringComparison.Ordinal);
        Assert.EndsWith("MISSED", rows["latency"][1], StringComparison.Ordinal);
        Assert.Contains("HAT", Print(Samples.Result(compare: true)), StringComparison.Ordinal);
    }

    [Fact]
    public void No_winner_is_said_and_leaves_no_empty_rows()
    {
        var rows = ResultTable.Rows(Samples.Result(winner: false), ConstraintSet.BuiltIn).ToDictionary(r => r.Name, r => r.Cells);

        Assert.Equal("no finalist kept the limits when measured", rows["encoder"][0]);
        Assert.DoesNotContain("BLEU", rows.Keys);
        Assert.Contains("supernet scorings", rows.Keys);
    }

    [Theory]
    [InlineData(null, 0.28, "compared the latency limit 9.3 ms with predictions; 28 % of the finalists were measured above it.", false)]
    [InlineData(0.9, 0.04, "with upper bounds of confidence 0.9; 4 % of the finalists", false)]
    [InlineData(0.9, 0.28, "28 % of the finalists were measured above it. That is more than 10 %", true)]
    public async Task How_many_finalists_broke_the_latency_limit_is_told(double? confidence, double share, string sentence, bool broken)
    {
        var sample = Samples.Result();
        var result = sample with
        {
            Request = sample.Request with { LatencyConfidence = confidence },
            Runs = [sample.Requested with { FinalistsOverLatency = share }],
        };

        var told = LatencyPromise.Sentence(result)!;

        Assert.Contains(sentence, told, StringComparison.Ordinal);
        Assert.Equal(broken, told.Contains("differs from what was measured", StringComparison.Ordinal));
        Assert.Contains(told, ResultScreen.Notes(result));
        Assert.Contains(HtmlEncoder.Default.Encode(told), await Report.RenderAsync(result), StringComparison.Ordinal);
        Assert.Null(LatencyPromise.ShareOver(sample.Requested.Finalists, null));
        Assert.Equal(1, LatencyPromise.ShareOver([sample.Requested.Winner!], 7.9));
        Assert.Equal(0, LatencyPromise.ShareOver([sample.Requested.Winner!], 8));
    }

    private static string Print(HsNas.Contracts.Requests.SearchResult result)
    {
        var console = new TextConsole();
        ResultScreen.Print(console.Console, result, ["Report: r.html"], ConstraintSet.BuiltIn);
        return console.Text;
    }
}
