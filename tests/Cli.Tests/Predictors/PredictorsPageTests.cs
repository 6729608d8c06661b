using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Predictors.Page;
using HsNas.Cli.Seeds;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Llm;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>Stacks, ablation text and seed design on the committed seed architectures.</summary>
public class PredictorsPageTests
{
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly Lazy<TfsEvalSet> Seeds = new(() => SeedFile.Read(Workspace.Find(Environment.GetEnvironmentVariable), Tiny));

    [Fact]
    public async Task Only_the_floors_are_stacked_and_weights_add_up_when_there_is_no_model()
    {
        var rows = await LanguageModelRows.FitAsync(Tiny, Seeds.Value, [], default);
        Assert.Empty(rows.Spreads);
        Assert.Equal(["Stacked floors, one standard error", "Stacked floors, least error"], rows.Rows.Select(r => r.Name));
        Assert.Equal(rows.Rows.Count * Seeds.Value.Splits.Count, rows.Weights.Count);
        Assert.All(rows.Weights, w => Assert.Equal(1, w.Weights.Sum(m => m.Weight), 9));
    }

    [Fact]
    public async Task Stacked_floors_are_not_told_apart_from_the_depth_floor_by_chance_alone()
    {
        var rows = await LanguageModelRows.FitAsync(Tiny, Seeds.Value, [], default);
        var report = await PredictorScoreReport.RunAsync(
            Tiny, Seeds.Value, new PredictorScoreOptions { DistillationPool = 0, Extra = rows.Rows });
        var gap = PairedComparison.Of(
            report.Outcomes.Single(o => o.Predictor == rows.Rows[0].Name), report.Outcomes.Single(o => o.Predictor == "Depth floor"));
        Assert.True(gap.Mae!.Low <= 0 && gap.Tau!.High >= 0);
    }

    [Fact]
    public async Task Fewer_demonstrations_than_a_stack_needs_leave_the_stack_out() =>
        Assert.Empty((await LanguageModelRows.FitAsync(Tiny, Seeds.Value.WithDemonstrations(3), [], default)).Rows);

    [Fact]
    public void The_seed_design_trial_tests_on_what_was_not_chosen_and_repeats_itself()
    {
        var rows = SeedDesignTrial.Run(Tiny, Seeds.Value);
        Assert.Equal(rows, SeedDesignTrial.Run(Tiny, Seeds.Value));
        Assert.All(rows, r => Assert.InRange(r.MaeBeaten, 0, 1));
    }

    [Fact]
    public void A_page_made_with_a_regression_says_that_no_language_model_was_asked()
    {
        Assert.Contains("No language model was asked", PredictorsPage.Provenance(Session(StandInModels.Regression)),
            StringComparison.Ordinal);
        var real = PredictorsPage.Provenance(Session("gpt-x"));
        Assert.DoesNotContain("No language model", real, StringComparison.Ordinal);
        Assert.Contains("answered by gpt-x", real, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.3, -0.5, -0.1, 0.1, 0.05, 0.2, "better in both")]
    [InlineData(-0.3, -0.5, 0.1, 0.1, 0.05, 0.2, "MAE no worse, tau no worse")]
    [InlineData(-0.3, -0.5, -0.1, 0.1, -0.05, 0.2, "MAE no worse, tau no worse")]
    [InlineData(0, 0, 0, 0, 0, 0, "MAE no worse, tau no worse")]
    [InlineData(0.0004, 0.0001, 0.1, 0, 0, 0, "MAE no worse, tau no worse")]
    [InlineData(0.1, -0.1, 0.3, -0.1, -0.3, 0.1, "MAE within chance, tau within chance")]
    [InlineData(0.1, 0, 0.3, -0.1, -0.3, 0, "MAE within chance, tau within chance")]
    [InlineData(0.2, 0.1, 0.3, -0.2, -0.3, -0.1, "MAE worse, tau worse")]
    [InlineData(0.2, 0.1, 0.3, 0.2, 0.1, 0.3, "MAE worse, tau no worse")]
    [InlineData(-0.2, -0.3, -0.1, -0.2, -0.3, -0.1, "MAE no worse, tau worse")]
    public void A_verdict_says_what_means_and_intervals_say(
        double mae, double maeLow, double maeHigh, double tau, double tauLow, double tauHigh, string verdict) =>
        Assert.Equal(verdict, FloorComparison.Verdict(
            new PairedComparison("a", "b", new MeasureSummary(mae, 0, maeLow, maeHigh), new MeasureSummary(tau, 0, tauLow, tauHigh))));

    [Fact]
    public void A_page_gives_no_verdict_when_a_measure_is_undefined() =>
        Assert.Equal("-", FloorComparison.Verdict(new PairedComparison("a", "b", new MeasureSummary(1, 0, 1, 1), null)));

    [Fact]
    public void The_ablation_table_says_what_was_left_out_and_what_a_regression_cannot_show()
    {
        var regression = AblationTable.Of([], Session(StandInModels.Ridge));
        Assert.Contains("The task has no data set here, nor were sentence pairs supplied", regression, StringComparison.Ordinal);
        Assert.Contains("A regression skips all prose", regression, StringComparison.Ordinal);
        var model = AblationTable.Of([], Session("gpt-x") with { Pairs = [new SentencePair("a", "b")] });
        Assert.DoesNotContain("nor were sentence pairs supplied", model, StringComparison.Ordinal);
        Assert.DoesNotContain("regression", model, StringComparison.Ordinal);
    }

    private static LanguageModelSession Session(string model) =>
        new(new EndpointModel(new LlmOptions { Endpoint = "http://model.invalid/v1", Model = model }, null, null, TimeProvider.System), [],
            5, 1, _ => { }, null);
}
