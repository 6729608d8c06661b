using System.Text.Json;
using System.Xml.Linq;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Predictors;

public class PublishedScores
{
    private static readonly Lazy<Task<PredictorScoreReport>> Report =
        new(() => PredictorScoreReport.RunAsync(Published.EnDe, Published.TfsEval()));

    [Fact]
    public async Task The_four_baseline_rows_of_table_1_come_out_as_printed()
    {
        var card = (await Report.Value).Scorecard;
        foreach (var row in Published.Predictors.Where(r => r.Group == "Baseline"))
        {
            var ours = card[row.Predictor];
            Assert.Equal(row.Mae[Published.EnDe.Name], Math.Round(ours.Mae!.Mean, 2));
            Assert.Equal(row.Tau[Published.EnDe.Name], Math.Round(ours.Tau!.Mean, 2));
        }
    }

    [Fact]
    public async Task The_floors_reach_their_verified_scores()
    {
        var card = (await Report.Value).Scorecard;
        Near(0.568, card["Constant (mean of demonstrations)"].Mae!.Mean);
        Assert.Null(card["Constant (mean of demonstrations)"].Tau);
        Near(0.162, card["Depth floor"].Mae!.Mean);
        Near(0.806, card["Depth floor"].Tau!.Mean);
        Near(0.148, card["Two-number floor"].Mae!.Mean);
        Near(0.728, card["Two-number floor"].Tau!.Mean);
        Near(0.22, card["Two-number floor"].DecisionTau!.Mean, 0.01);
    }

    [Fact]
    public async Task The_honest_in_context_row_is_met_and_its_student_follows()
    {
        var card = (await Report.Value).Scorecard;
        Near(0.192, card["In-context regression (leave-one-out)"].Mae!.Mean);
        Near(0.746, card["In-context regression (leave-one-out)"].Tau!.Mean);
        Assert.InRange(card["In-context regression, distilled"].Mae!.Mean, 0, 0.22);
        Assert.InRange(card["In-context regression, distilled"].Tau!.Mean, 0.70, 1);
    }

    [Fact]
    public async Task The_mean_of_depth_floor_and_ridge_beats_both_floors_in_error_and_in_rank()
    {
        var builder = await ScorecardBuilder.StartAsync(Published.EnDe, Published.TfsEval());
        var cost = CostModel.For(Published.EnDe);
        var ridge = new PredictorRecipe("ridge", shown => InContextPredictor.Ridge(shown, cost));
        foreach (var rule in new[] { StackingRule.LeastError, StackingRule.Equal })
        {
            var stacks = new Dictionary<string, StackedPredictor>(StringComparer.Ordinal);
            foreach (var split in Published.TfsEval().Splits)
                stacks.Add(split.Seed,
                    await StackedPredictor.FitAsync("s", [PredictorRecipe.Depth, ridge], ScorecardBuilder.Demonstrations(split), rule));
            await builder.AddAsync("Stacked", s => stacks[s.Seed], $"{rule}");
        }

        var card = builder.Build();
        Near(0.126, card["Equal"].Mae!.Mean);
        Near(0.819, card["Equal"].Tau!.Mean);
        Assert.True(card["LeastError"].Mae!.Mean <= card["Two-number floor"].Mae!.Mean + 0.0005);
        Assert.True(card["LeastError"].Tau!.Mean >= card["Depth floor"].Tau!.Mean);
    }

    [Fact]
    public async Task Within_equal_depth_everything_is_weaker()
    {
        var card = (await Report.Value).Scorecard;
        Near(0.26, card["HAT"].DecisionTau!.Mean, 0.01);
        Near(0.48, card["Supernet (Sandwich)"].DecisionTau!.Mean, 0.01);
        Near(-0.02, card["Layer-wise MoS"].DecisionTau!.Mean, 0.01);
        Near(0.49, card["Neuron-wise MoS"].DecisionTau!.Mean, 0.01);
    }

    [Fact]
    public async Task Intervals_hold_their_means_and_supernets_underestimate()
    {
        var report = await Report.Value;
        foreach (var row in report.Scorecard.Rows)
        {
            Assert.InRange(row.Mae!.Mean, row.Mae.Low, row.Mae.High);
            Assert.InRange(row.TopKRecall!.Mean, 0, 1);
            Assert.True(row.Regret!.Mean >= 0);
        }

        Assert.Equal(-report.Scorecard["HAT"].Mae!.Mean, report.Scorecard["HAT"].Bias!.Mean, 6);
    }

    [Fact]
    public async Task The_report_holds_table_json_and_figures()
    {
        var report = await Report.Value;
        Assert.Contains("Two-number floor", report.Text, StringComparison.Ordinal);
        Assert.Contains("0.148", report.Text, StringComparison.Ordinal);
        using var json = JsonDocument.Parse(report.Files["scorecard.json"]);
        Assert.Equal(10, json.RootElement.GetProperty("scorecard").GetProperty("rows").GetArrayLength());
        Assert.Contains("discordant-histogram.svg", report.Files.Keys);
        Assert.Contains("discordant-cdf.svg", report.Files.Keys);
        Assert.Contains("predicted-vs-trained-hat.svg", report.Files.Keys);
        Assert.All(report.Files.Where(f => f.Key.EndsWith(".svg", StringComparison.Ordinal)), f => XDocument.Parse(f.Value));
    }

    [Fact]
    public async Task Scoring_is_repeatable()
    {
        var first = await Report.Value;
        var second = await PredictorScoreReport.RunAsync(Published.EnDe, Published.TfsEval());
        Assert.Equal(first.Files, second.Files);
    }

    private static void Near(double expected, double actual, double tolerance = 0.002) =>
        Assert.InRange(actual, expected - tolerance, expected + tolerance);
}
