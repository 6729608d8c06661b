using HsNas.Cli.Commands;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Llm;
using HsNas.Shared.Predictors.InContext;
using HsNas.Shared.Predictors.Scoring;
using HsNas.Shared.Predictors.TfsEval;
using HsNas.Shared.Tasks;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>Stacks, ablation text and seed design on the committed seed architectures.</summary>
public class PredictorsPageTests
{
    private static readonly TaskDefinition Tiny = TaskCatalog.Get("tiny-en-de");
    private static readonly Lazy<TfsEvalSet> Seeds = new(() => SupernetsCommands.ReadSeeds(Workspace.Find(Environment.GetEnvironmentVariable), "tiny-en-de"));

    [Fact]
    public async Task Without_a_model_only_the_floors_are_stacked_and_weights_add_up()
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
        var report = await PredictorScoreReport.RunAsync(Tiny, Seeds.Value, new PredictorScoreOptions { DistillationPool = 0, Extra = rows.Rows });
        var gap = PairedComparison.Of(report.Outcomes.Single(o => o.Predictor == rows.Rows[0].Name), report.Outcomes.Single(o => o.Predictor == "Depth floor"));
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
        Assert.Contains("No language model was asked", PredictorsPage.Provenance(Session(StandInModels.Regression)), StringComparison.Ordinal);
        var real = PredictorsPage.Provenance(Session("gpt-x"));
        Assert.DoesNotContain("No language model", real, StringComparison.Ordinal);
        Assert.Contains("answered by gpt-x", real, StringComparison.Ordinal);
    }

    private static LanguageModelSession Session(string model) =>
        new(new EndpointModel(new LlmOptions { Endpoint = "http://model.invalid/v1", Model = model }, null, null, TimeProvider.System), [], 5, 1, _ => { }, null);
}
