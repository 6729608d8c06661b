using HsNas.Evaluation.Floors;
using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.Stacked;
using HsNas.Evaluation.Supernets;
using HsNas.Evaluation.Uncertainty;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Mlp;
using HsNas.Predictors.Prompting;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Predictors;

/// <summary>What every predictor promises, and what each kind promises beyond it.</summary>
public class PredictorContractTests
{
    private static readonly List<Demonstration> Shown = Samples.Demonstrations(Samples.Wmt, 10);
    private static readonly IReadOnlyList<Architecture> Candidates = new ArchitectureSampler(Samples.Wmt.Space, 77).Distinct(40);
    private static readonly CostModel Cost = CostModel.For(Samples.Wmt);

    private static readonly string[] AllKinds =
        ["constant", "depth", "two numbers", "in-context", "ridge", "llm", "distilled", "distilled supernet", "supernet", "recorded",
        "residual", "stacked", "orders"];

    public static TheoryData<string> Kinds => [.. AllKinds];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Predictions_are_finite_ordered_repeatable_and_independent_of_the_batch(string kind)
    {
        var predictor = Create(kind);
        var all = await predictor.PredictAsync(Candidates);
        Assert.Equal(Candidates.Count, all.Count);
        Assert.All(all, p => Assert.True(double.IsFinite(p.Value)));
        Assert.Equal(all.Reverse(), await predictor.PredictAsync([.. Candidates.Reverse()]));
        Assert.Equal(all[7], (await predictor.PredictAsync([Candidates[7]]))[0]);
        Assert.Empty(await predictor.PredictAsync([]));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Each_states_name_metric_direction_and_a_stable_fingerprint(string kind)
    {
        var predictor = Create(kind);
        Assert.False(string.IsNullOrWhiteSpace(predictor.Name));
        Assert.Equal(predictor.Metric == Metrics.ValidationLoss ? MetricDirection.LowerIsBetter : MetricDirection.HigherIsBetter,
            predictor.Direction);
        Assert.Equal(Create(kind).Fingerprint, predictor.Fingerprint);
        Assert.All(AllKinds.Where(k => k != kind), other => Assert.NotEqual(Create(other).Fingerprint, predictor.Fingerprint));
    }

    [Theory]
    [InlineData("depth")]
    [InlineData("two numbers")]
    [InlineData("in-context")]
    [InlineData("ridge")]
    [InlineData("llm")]
    [InlineData("distilled")]
    [InlineData("residual")]
    [InlineData("stacked")]
    [InlineData("orders")]
    public async Task A_depth_that_was_never_shown_is_an_extrapolation(string kind)
    {
        var shallow = Shown.Where(d => d.Architecture.DecoderLayers <= 3).ToList();
        var predictions = await Create(kind, shallow).PredictAsync(Candidates);
        Assert.Equal(Candidates.Select(c => !DemonstratedRange.Of(shallow).Covers(c)), predictions.Select(p => p.Extrapolating));
        var highest = shallow.Max(d => d.Bleu);
        var span = highest - shallow.Min(d => d.Bleu);
        Assert.All(predictions, p => Assert.True(
            kind is "llm" or "stacked" or "orders" || p.Value <= highest + span, "no promise beyond one span of what was seen"));
    }

    [Fact]
    public void Saturation_keeps_the_order_and_the_demonstrated_values()
    {
        var range = new DemonstratedRange(6, 6, 1, 3, 24, 26);
        Assert.Equal(25.5, range.Saturate(25.5));
        Assert.Equal(26.9, range.Saturate(26.9));
        var values = Enumerable.Range(-300, 900).Select(i => range.Saturate(i / 10.0)).ToList();
        Assert.Equal(values.Distinct().Order(), values);
        Assert.InRange(range.Saturate(1000), 27, 28);
        Assert.InRange(range.Saturate(-1000), 22, 23);
    }

    [Fact]
    public void Floors_and_regressions_refuse_demonstrations_they_cannot_use()
    {
        Assert.Contains("count is 2; expected at least 3", Refuse(Shown[..2]), StringComparison.Ordinal);
        Assert.Contains("[1].bleu is NaN", Refuse([Shown[0], Shown[1] with { Bleu = double.NaN }, Shown[2]]), StringComparison.Ordinal);
        Assert.Contains("[2].architecture", Refuse([Shown[0], Shown[1], Shown[0]]), StringComparison.Ordinal);

        static string Refuse(IReadOnlyList<Demonstration> demonstrations)
        {
            var message = Assert.Throws<DataFormatException>(() => InContextRegression.Fit(demonstrations, Cost)).Message;
            Assert.Equal(message, Assert.Throws<DataFormatException>(() => FloorPredictor.TwoNumbers(demonstrations, Cost)).Message);
            return message;
        }
    }

    [Fact]
    public void A_regression_fitted_from_a_prompt_alone_needs_no_task()
    {
        var builder = new PromptBuilder(Samples.Wmt, Shown, [], new PromptOptions { TaskExamples = 0 });
        var contents = PromptReader.Read(builder.Build(Candidates[0]).Text);
        var regression = InContextRegression.Fit(contents.Demonstrations);
        var value = regression.Predict(contents.Tests[0].Architecture, contents.Tests[0].GFlops!.Value);
        Assert.InRange(value, Shown.Min(d => d.Bleu) - 2, Shown.Max(d => d.Bleu) + 2);
        Assert.Throws<InvalidOperationException>(() => regression.Predict(Candidates[0]));
    }

    [Fact]
    public async Task A_label_that_is_no_bleu_and_a_loss_that_is_not_finite_are_refused()
    {
        var prompts = new PromptBuilder(Samples.Wmt, Shown, [], new PromptOptions { TaskExamples = 0 });
        await Assert.ThrowsAsync<LabelUnavailableException>(async () => await new LlmPredictor(prompts, new Labels(_ => 250))
            .PredictAsync(Candidates));
        var error = await Assert.ThrowsAsync<DataFormatException>(async () => await new SupernetPredictor(new Losses(_ => double.NaN))
            .PredictAsync(Candidates));
        Assert.Contains("NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_of_another_encoding_is_refused()
    {
        var model = MlpTrainer.Train("latency-max", new float[10 * 10], new double[10],
            MlpTrainingOptions.Default with { Steps = 1 }).Model;
        var error = Assert.Throws<DataFormatException>(() => new DistilledPredictor(Samples.Wmt.Space, model, null));
        Assert.Contains("featureEncoding is latency-max", error.Message, StringComparison.Ordinal);
    }

    private static PredictorRecipe Llm => PredictorRecipe.LanguageModel(Samples.Wmt, [], new PromptOptions(), new Labels(Samples.Quality));

    private static IPerformancePredictor Create(string kind, IReadOnlyList<Demonstration>? shown = null)
    {
        shown ??= Shown;
        return kind switch
        {
            "constant" => FloorPredictor.Constant(shown),
            "depth" => FloorPredictor.Depth(shown),
            "two numbers" => FloorPredictor.TwoNumbers(shown, Cost),
            "in-context" => new InContextPredictor(shown, Cost),
            "ridge" => InContextPredictor.Ridge(shown, Cost),
            "llm" => new LlmPredictor(new PromptBuilder(Samples.Wmt, shown, [],
                new PromptOptions { TaskExamples = 0, ArchitectureExamples = shown.Count }), new Labels(Samples.Quality)),
            "distilled" => Distil(shown, "LLM-Distill-PP", Metrics.ValidationBleu),
            "distilled supernet" => Distil(shown, "Distilled supernet", Metrics.NegatedValidationLoss),
            "supernet" => new SupernetPredictor(new Losses(a => 100 - Samples.Quality(a))),
            "residual" => new ResidualPredictor(PredictorRecipe.Depth, Llm, shown),
            "stacked" => StackedPredictor.FitAsync("Stacked", [PredictorRecipe.Depth, Llm], shown, StackingRule.LeastError).GetAwaiter()
                .GetResult(),
            "orders" => EnsemblePredictor.OfOrders(Samples.Wmt, shown, [], new PromptOptions(), 3, [new Labels(Samples.Quality)]),
            "recorded" => new RecordedPredictor("HAT", Candidates.ToDictionary(c => c.Key, Samples.Quality)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind)),
        };
    }

    private static DistilledPredictor Distil(IReadOnlyList<Demonstration> shown, string name, string metric)
    {
        var pool = PredictorDistiller.Pool(Samples.Wmt, 300, 1, Candidates);
        var trained = PredictorDistiller.Train(
            Samples.Wmt, pool, [.. pool.Select(Samples.Quality)], MlpTrainingOptions.Default with { Steps = 100 });
        return new DistilledPredictor(Samples.Wmt.Space, trained.Model, DemonstratedRange.Of(shown), name, metric);
    }

    private sealed class Labels(Func<Architecture, double> answer) : ILabelSource
    {
        public string Fingerprint => "labels";

        public ValueTask<IReadOnlyList<double>> LabelAsync(IReadOnlyList<Prompt> prompts, CancellationToken cancellationToken = default) =>
            new([.. prompts.Select(p => answer(PromptReader.Read(p.Text).Tests.Single().Architecture))]);
    }

    private sealed class Losses(Func<Architecture, double> loss) : ISupernetScorer
    {
        public string Fingerprint => "losses";

        public ValueTask<IReadOnlyList<double>> ValidationLossAsync(
            IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default) =>
            new([.. architectures.Select(loss)]);
    }
}
