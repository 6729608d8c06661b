using HsNas.Contracts.Supernets;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Memory;

/// <summary>
/// No finalizer throws, whatever the worker does. TorchSharp's finalizer of a tensor throws where the tensor names a dispose
/// scope that is gone, and a throwing finalizer ends the worker. Collections are forced while each kind of job runs.
/// </summary>
public sealed class FinalizerTests : IDisposable
{
    private readonly ToyJobs _jobs = new();
    private readonly ForcedCollections _collections = new();

    public void Dispose()
    {
        _collections.Dispose();
        Assert.True(_collections.Count > 1, "No collection ran beside the job.");
        _jobs.Dispose();
    }

    [Theory]
    [InlineData(SupernetKinds.Hat, null)]
    [InlineData(SupernetKinds.Sandwich, null)]
    [InlineData(SupernetKinds.MosLayer, null)]
    [InlineData(SupernetKinds.MosNeuron, null)]
    [InlineData(SupernetKinds.Hat, TrainingRecipe.Bf16)]
    [InlineData(SupernetKinds.MosNeuron, TrainingRecipe.Bf16)]
    [InlineData(SupernetKinds.Hat, TrainingRecipe.Fp16)]
    [InlineData(SupernetKinds.MosNeuron, TrainingRecipe.Fp16)]
    public async Task Supernet_is_trained_scored_and_evaluated(string kind, string? precision)
    {
        var checkpoint = await SupernetAsync(kind, precision);
        var candidates = ToyTask.Architectures(6).ToList();
        var scored = await _jobs.RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", checkpoint, candidates));
        var evaluated =
            await _jobs.RunAsync<EvaluateResult>(JobKinds.Evaluate, new EvaluateInput("toy", "toyhash", checkpoint, candidates));
        for (var i = 0; i < candidates.Count; i++) Assert.Equal(scored.LossBits[i], evaluated.LossBits[i], tolerance: 1e-5);
    }

    [Fact]
    public async Task Regressor_is_trained_on_the_labels_of_a_supernet()
    {
        var labels = new BlobPath(BlobLayout.PredictorsContainer, "toy/labels.json");
        var input = new TrainRegressorInput(
            "toy", labels.ToString(), "default", 1, "predictors/toy/model.json", await SupernetAsync(), "toyhash", 40);
        var result = await _jobs.RunAsync<TrainRegressorResult>(JobKinds.TrainRegressor, input);
        Assert.True(double.IsFinite(result.HeldOutRmse));
    }

    [Fact]
    public async Task Latency_is_measured()
    {
        var architectures = ToyTask.Architectures(8).ToList();
        var input = new MeasureLatencyInput("toy", architectures, 5, 3, 2, "");
        var result = await _jobs.RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
        Assert.All(result.Measurements, m => Assert.True(m.TotalMean > 0));
    }

    [Fact]
    public async Task Winner_is_trained_beam_searched_exported_and_translates()
    {
        var input = new TrainFromScratchInput("toy", "toyhash", ToyTask.Architectures(1).Single(), 30, 3, 1);
        var trained = await _jobs.RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, input);
        var job = BlobPath.Parse(trained.Export!).Name.Split('/')[0]["export-".Length..];
        var folder = Path.Combine(_jobs.Folder, "exported");
        Assert.Equal(0, await ExportCommands.ExportAsync([_jobs.Folder, job, folder]));
        using var model = ExportedModel.Load(folder, torch.CPU);
        using var output = new StringWriter();
        var input10 = new StringReader(string.Join('\n', Enumerable.Repeat("a b c\nd\n\ne f g a", 10)));
        Assert.Equal(0, ExportCommands.Translate(model, input10, output, TextWriter.Null, linesPerBatch: 4));
        Assert.Equal(40, output.ToString().Count(c => c == '\n'));
    }

    private async Task<string> SupernetAsync(string kind = SupernetKinds.Hat, string? precision = null)
    {
        var input = new TrainSupernetInput("toy", "toyhash", kind, 6, 2, 1, Experts: 2, RouterWidth: 4, Precision: precision);
        return (await _jobs.RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, input)).Checkpoint;
    }
}
