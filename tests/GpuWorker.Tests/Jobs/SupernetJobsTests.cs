using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>Jobs that train a supernet, and jobs that use its weights.</summary>
public sealed class SupernetJobsTests : IDisposable
{
    private const int EnoughToLearn = 120;

    private readonly ToyJobs _jobs = new();

    public static TheoryData<string> Kinds => Designs.Kinds;

    public void Dispose() => _jobs.Dispose();

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task A_supernet_of_any_kind_scores_better_than_guessing_when_it_is_trained(string kind)
    {
        var mixes = SupernetKinds.BuiltIn.Of(kind).Mixes;
        var checkpoint = await SupernetAsync(EnoughToLearn, kind, mixes ? 2 : null, mixes ? 4 : null);

        var losses = await LossesAsync(checkpoint, 5);

        Assert.All(losses, bits => Assert.InRange(bits, 1, UniformGuess.Bits));
        Assert.Equal(5, losses.Distinct().Count());
    }

    [Fact]
    public async Task Labels_of_a_regressor_are_minus_the_losses_when_a_supernet_is_distilled()
    {
        var checkpoint = await SupernetAsync(12);
        var labels = new BlobPath(BlobLayout.PredictorsContainer, "toy/distilled/labels.json");
        var input = new TrainRegressorInput(
            "toy", labels.ToString(), "default", 1, "predictors/toy/distilled/model.json", checkpoint, "toyhash", 60);

        await _jobs.RunAsync<TrainRegressorResult>(JobKinds.TrainRegressor, input);

        var written = await _jobs.Store.ReadJsonAsync<LabelSet>(labels);
        Assert.Equal(60, written.Items.Count);
        var score = new ScoreInput("toy", "toyhash", checkpoint, [.. written.Items.Take(5).Select(i => i.Architecture)]);
        var scores = await _jobs.RunAsync<ScoreResult>(JobKinds.Score, score);
        for (var i = 0; i < 5; i++) Assert.Equal(-scores.LossBits[i], written.Items[i].Quality, 6);
        Assert.True(await _jobs.Store.ExistsAsync(BlobPath.Parse(input.Model)));
    }

    [Fact]
    public async Task An_architecture_is_refused_by_name_when_it_is_of_another_space()
    {
        var checkpoint = await SupernetAsync(2);
        var foreign = ToyTask.Architectures(1).Single() with { EncoderEmbedDim = 640 };
        foreach (var (kind, input) in new (string, object)[]
        {
            (JobKinds.Score, new ScoreInput("toy", "toyhash", checkpoint, [foreign])),
            (JobKinds.Evaluate, new EvaluateInput("toy", "toyhash", checkpoint, [foreign])),
            (JobKinds.MeasureLatency, new MeasureLatencyInput("toy", [foreign], 1, 1, 1, "")),
            (JobKinds.TrainFromScratch, new TrainFromScratchInput("toy", "toyhash", foreign, 1, 0, 1)),
        })
        {
            var result = await _jobs.RunRawAsync(kind, JsonSerializer.Serialize(input, Json.Options));
            Assert.Contains("640", result.Error!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_evaluation_agrees_with_scoring_and_translates_every_architecture()
    {
        var training = new TrainSupernetInput("toy", "toyhash", SupernetKinds.Hat, 30, 3, 1);
        var supernet = await _jobs.RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, training);
        var architectures = ToyTask.Architectures(3).ToList();

        var evaluation = new EvaluateInput("toy", "toyhash", supernet.Checkpoint, architectures);
        var evaluated = await _jobs.RunAsync<EvaluateResult>(JobKinds.Evaluate, evaluation);

        var losses = await LossesAsync(supernet.Checkpoint, 3);
        for (var i = 0; i < 3; i++) Assert.Equal(losses[i], evaluated.LossBits[i], 5);
        Assert.All(evaluated.ValidBleu, b => Assert.InRange(b, 0, 100));
        Assert.Equal(3, evaluated.ValidBleu.Count);
        Assert.True(supernet.CpuSeconds > 0 && evaluated.LossCpuSeconds > 0 && evaluated.BleuCpuSeconds > 0);
    }

    [Fact]
    public async Task Scoring_and_evaluation_do_not_read_the_training_text()
    {
        var checkpoint = await SupernetAsync(2);
        await _jobs.Store.DeleteAsync(BlobLayout.Corpus("toy", "toyhash", CorpusPart.Train));

        Assert.Equal(2, (await LossesAsync(checkpoint, 2)).Count);
        var evaluation = new EvaluateInput("toy", "toyhash", checkpoint, [.. ToyTask.Architectures(2)]);
        Assert.Equal(2, (await _jobs.RunAsync<EvaluateResult>(JobKinds.Evaluate, evaluation)).ValidBleu.Count);

        // The same text is what a training needs.
        var training = JsonSerializer.Serialize(new TrainSupernetInput("toy", "toyhash", SupernetKinds.Hat, 3, 1, 1), Json.Options);
        Assert.NotNull((await _jobs.RunRawAsync(JobKinds.TrainSupernet, training)).Error);
    }

    private async Task<string> SupernetAsync(int steps, string kind = SupernetKinds.Hat, int? experts = null, int? routerWidth = null)
    {
        var input = new TrainSupernetInput("toy", "toyhash", kind, steps, 1, 1, experts, routerWidth);
        return (await _jobs.RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, input)).Checkpoint;
    }

    private async Task<IReadOnlyList<double>> LossesAsync(string checkpoint, int count)
    {
        var input = new ScoreInput("toy", "toyhash", checkpoint, [.. ToyTask.Architectures(count)]);
        return (await _jobs.RunAsync<ScoreResult>(JobKinds.Score, input)).LossBits;
    }
}
