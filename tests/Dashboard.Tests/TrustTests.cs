using HsNas.Cli.Tests.Screens;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Parts;

namespace HsNas.Dashboard.Tests;

/// <summary>What a page says about whether predictors deserve trust, about money over time, and about workers that died.</summary>
public sealed class TrustTests
{
    [Fact]
    public void Calibration_groups_held_out_points_by_prediction_and_says_slope_and_mean_error()
    {
        // Trained is twice the prediction, minus 20: slope 2. Points that were shown would spoil it, and do not count.
        var held = Enumerable.Range(0, 20).Select(i => new PredictedAndTrained(20 + (i * 0.1), 20 + (i * 0.2), false));
        var shown = Enumerable.Range(0, 20).Select(i => new PredictedAndTrained(20 + i, 5, true));

        var calibration = Calibration.Of(new PredictorQuality(0, 1, 0, 1, [.. held, .. shown]))!;

        Assert.Equal(5, calibration.Data.Rows.Count);
        Assert.Equal(["4", "20.15", "20.30", "0.15"], calibration.Data.Rows[0]);
        Assert.Equal(
            "A predicted BLEU more is 2.00 trained BLEU more (1 is right); predictions are on the mean 0.95 BLEU too low.",
            calibration.Sentence);
    }

    [Fact]
    public void Of_few_points_no_calibration_is_said() => Assert.Null(Calibration.Of(new PredictorQuality(
        0, 1, 0, 1, [.. Enumerable.Range(0, 9).Select(i => new PredictedAndTrained(i, i, false))])));

    [Fact]
    public void Coverage_counts_finalists_measured_under_their_bound_beside_what_was_promised()
    {
        var result = Result([(5, 6), (5, 4.9), (7, 8.5)]);

        Assert.Equal(
            "2 of 3 finalists (66.7 %) were measured under their upper bound; 90 % were promised.", LatencyFigures.Coverage(result));
        Assert.Null(LatencyFigures.Coverage(result with { Request = result.Request with { LatencyConfidence = null } }));
    }

    [Fact]
    public void The_residual_is_measured_minus_predicted_by_depth()
    {
        var rows = LatencyFigures.ResidualByDepth(Result([(5, 6), (4.5, 5.75)]))!.Value.Data.Rows;

        Assert.Equal(2, rows.Sum(r => int.Parse(r[1], System.Globalization.CultureInfo.InvariantCulture)));
        Assert.All(rows, r => Assert.StartsWith("1.", r[2], StringComparison.Ordinal));
    }

    [Fact]
    public void Money_over_time_has_the_line_of_the_budget_and_says_what_came_from_the_ledger()
    {
        SpendPoint[] points = [new(2, 10, 4, 900, 0.05m), new(4, 20, 10, 2000, 0.12m)];

        var charts = SpendFigures.Charts(points, 0.5).ToList();

        Assert.Equal(["Paid for labels", "Tokens of labels", "Answers"], charts.Select(c => c.Title));
        Assert.Contains("budget", charts[0].Svg, StringComparison.Ordinal);
        Assert.Equal(["4.0 s", "20", "10", "2,000", "$0.12"], SpendFigures.Table(points).Rows[1]);
    }

    [Fact]
    public void Where_a_price_is_not_known_no_dollars_are_drawn() =>
        Assert.DoesNotContain(SpendFigures.Charts([new(2, 10, 4, 900, null)], 0.5), c => c.Title == "Paid for labels");

    [Fact]
    public async Task The_timeline_marks_when_a_job_was_taken_again()
    {
        var stage = new StageStatus(SearchStages.Supernet, StageState.Running, 3, 9, "steps", null, 12);
        var html = await PageRenderer.RenderAsync<Timeline>(new List<StageBar> { new(stage, 4, 1) { Again = new(2, [6, 9]) } });

        Assert.Equal(2, html.Split("again-mark").Length - 1);
        Assert.Contains("workers died; jobs were taken again 2 times", html, StringComparison.Ordinal);
        Assert.Contains("taken again after 6.0 s", html, StringComparison.Ordinal);
        Assert.DoesNotContain("failed", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_timeline_counts_failed_attempts_and_marks_the_last_of_them()
    {
        var stage = new StageStatus(SearchStages.Distillation, StageState.Running, 3, 9, "labels", null, 12);
        var html = await PageRenderer.RenderAsync<Timeline>(new List<StageBar> { new(stage, 4, 1) { Failed = new(40, [7, 8, 11]) } });

        Assert.Equal(3, html.Split("failed-mark").Length - 1);
        Assert.Contains("40 attempts of the function app failed", html, StringComparison.Ordinal);
        Assert.Contains("an attempt failed after 7.0 s", html, StringComparison.Ordinal);
    }

    private static SearchResult Result((double Predicted, double Measured)[] finalists)
    {
        var sample = Samples.Result();
        var space = new Spaces.ArchitectureSampler(Spaces.TaskCatalog.Get("tiny-en-de").Space, 3).Distinct(finalists.Length).ToList();
        var shown = finalists.Select((f, i) => sample.Requested.Finalists[0] with
        {
            Architecture = space[i], PredictedMs = f.Predicted, PredictedBoundMs = f.Predicted + 1,
            Measured = new LatencyMeasurement(0, f.Measured, 0, 0, f.Measured, f.Measured),
        });
        return sample with
        {
            Request = sample.Request with { LatencyConfidence = 0.9 }, Runs = [sample.Requested with { Finalists = [.. shown] }],
        };
    }
}
