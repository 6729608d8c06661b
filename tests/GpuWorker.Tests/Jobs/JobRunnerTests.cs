using HsNas.Contracts.Supernets;
using System.Text;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Jobs;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

public sealed class JobRunnerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hsnas-jobs").FullName;
    private readonly DirectoryArtifactStore _store;
    private readonly JobRunner _runner;

    public JobRunnerTests()
    {
        _store = new DirectoryArtifactStore(_folder);
        var device = torch.CPU;
        _runner = new JobRunner(_store,
            [new TrainSupernetJobHandler(device), new ScoreJobHandler(device), new TrainRegressorJobHandler(device), new MeasureLatencyJobHandler(device), new TrainFromScratchJobHandler(device), new EvaluateJobHandler(device)],
            device, TimeProvider.System);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_supernet_scores_candidates_and_a_winner_is_trained_and_exported()
    {
        await PrepareAsync();
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, new TrainSupernetInput("toy", "toyhash", "hat", 12, 3, 1));
        var candidates = ToyTask.Architectures(7).ToList();
        var scores = await RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, candidates));
        Assert.Equal(7, scores.LossBits.Count);
        Assert.All(scores.LossBits, bits => Assert.InRange(bits, 0.5, 10));
        var trained = await RunAsync<TrainFromScratchResult>(JobKinds.TrainFromScratch, new TrainFromScratchInput("toy", "toyhash", candidates[0], 12, 3, 1));
        Assert.InRange(trained.ValidLossBits, 0.5, 10);
        Assert.True(await _store.ExistsAsync(BlobPath.Parse(trained.Checkpoint)));
        Assert.Equal(Tokenizer13a.Signature, trained.BleuSignature);
        Assert.InRange(trained.TestBleuCompoundSplit!.Value, 0, 100);
        Assert.True(await _store.ExistsAsync(BlobPath.Parse(trained.Export!)));
        var job = BlobPath.Parse(trained.Export!).Name.Split('/')[0]["export-".Length..];
        var folder = Path.Combine(_folder, "exported");
        Assert.Equal(0, await ExportCommands.ExportAsync([_folder, job, folder]));
        // The command writes what the job wrote beside its checkpoint.
        foreach (var file in new[] { ModelExporter.ConfigFile, ModelExporter.WeightsFile, ModelExporter.VocabularyFile })
            Assert.Equal(await _store.ReadAsync(ModelExporter.BlobOf(job, file)), await File.ReadAllBytesAsync(Path.Combine(folder, file)));
        using var exported = ExportedModel.Load(folder, torch.CPU);
        Assert.Equal(trained.ValidLossBits, exported.Config.Scores!.ValidLossBits);
        Assert.Equal(1, await ExportCommands.ExportAsync([_folder, "nojob", folder]));
    }

    [Fact]
    public async Task Labels_of_a_regressor_are_minus_the_losses_when_a_supernet_is_distilled()
    {
        await PrepareAsync();
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, new TrainSupernetInput("toy", "toyhash", "hat", 12, 3, 1));
        var labels = new BlobPath(BlobLayout.PredictorsContainer, "toy/distilled/labels.json");
        var input = new TrainRegressorInput("toy", labels.ToString(), "default", 1, "predictors/toy/distilled/model.json", supernet.Checkpoint, "toyhash", 60);
        await RunAsync<TrainRegressorResult>(JobKinds.TrainRegressor, input);
        var written = await _store.ReadJsonAsync<LabelSet>(labels);
        Assert.Equal(60, written.Items.Count);
        var scores = await RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, [.. written.Items.Take(5).Select(i => i.Architecture)]));
        for (var i = 0; i < 5; i++) Assert.Equal(-scores.LossBits[i], written.Items[i].Bleu, 6);
        Assert.True(await _store.ExistsAsync(BlobPath.Parse(input.Model)));
    }

    [Theory]
    [InlineData(SupernetKinds.Sandwich)]
    [InlineData(SupernetKinds.MosLayer)]
    [InlineData(SupernetKinds.MosNeuron)]
    public async Task A_supernet_of_any_kind_scores_better_than_guessing_when_it_is_trained(string kind)
    {
        await PrepareAsync();
        var input = new TrainSupernetInput("toy", "toyhash", kind, 4, 1, 1, Experts: 2, RouterWidth: 4);
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, input);
        var scores = await RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, [.. ToyTask.Architectures(5)]));
        Assert.All(scores.LossBits, bits => Assert.InRange(bits, 0.5, 10));
    }

    [Fact]
    public async Task An_architecture_is_refused_by_name_when_it_is_of_another_space()
    {
        await PrepareAsync();
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, new TrainSupernetInput("toy", "toyhash", "hat", 2, 1, 1));
        var foreign = ToyTask.Architectures(1).Single() with { EncoderEmbedDim = 640 };
        foreach (var (kind, input) in new (string, object)[]
        {
            (JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, [foreign])),
            (JobKinds.Evaluate, new EvaluateInput("toy", "toyhash", supernet.Checkpoint, [foreign])),
            (JobKinds.MeasureLatency, new MeasureLatencyInput("toy", [foreign], 1, 1, 1, "")),
            (JobKinds.TrainFromScratch, new TrainFromScratchInput("toy", "toyhash", foreign, 1, 0, 1)),
        })
        {
            var result = await RunRawAsync(kind, JsonSerializer.Serialize(input, Json.Options));
            Assert.Contains("640", result.Error!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task An_evaluation_agrees_with_scoring_and_translates_every_architecture()
    {
        await PrepareAsync();
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, new TrainSupernetInput("toy", "toyhash", "hat", 30, 3, 1));
        var architectures = ToyTask.Architectures(3).ToList();
        var evaluated = await RunAsync<EvaluateResult>(JobKinds.Evaluate, new EvaluateInput("toy", "toyhash", supernet.Checkpoint, architectures));
        var scores = await RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, architectures));
        for (var i = 0; i < 3; i++) Assert.Equal(scores.LossBits[i], evaluated.LossBits[i], 5);
        Assert.All(evaluated.ValidBleu, b => Assert.InRange(b, 0, 100));
        Assert.Equal(3, evaluated.ValidBleu.Count);
        Assert.True(supernet.CpuSeconds > 0 && evaluated.LossCpuSeconds > 0 && evaluated.BleuCpuSeconds > 0);
    }

    [Fact]
    public async Task Scoring_and_evaluation_do_not_read_the_training_text()
    {
        await PrepareAsync();
        var supernet = await RunAsync<TrainSupernetResult>(JobKinds.TrainSupernet, new TrainSupernetInput("toy", "toyhash", "hat", 2, 1, 1));
        await _store.DeleteAsync(BlobLayout.Corpus("toy", "toyhash", CorpusPart.Train));
        var architectures = ToyTask.Architectures(2).ToList();
        Assert.Equal(2, (await RunAsync<ScoreResult>(JobKinds.Score, new ScoreInput("toy", "toyhash", supernet.Checkpoint, architectures))).LossBits.Count);
        Assert.Equal(2, (await RunAsync<EvaluateResult>(JobKinds.Evaluate, new EvaluateInput("toy", "toyhash", supernet.Checkpoint, architectures))).ValidBleu.Count);
        var training = await RunRawAsync(JobKinds.TrainSupernet, JsonSerializer.Serialize(new TrainSupernetInput("toy", "toyhash", "hat", 3, 1, 1), Json.Options));
        Assert.NotNull(training.Error);
    }

    [Fact]
    public async Task A_training_starts_over_when_its_checkpoint_is_of_an_older_worker()
    {
        await PrepareAsync();
        var json = JsonSerializer.SerializeToUtf8Bytes(new TrainSupernetInput("toy", "toyhash", "hat", 4, 1, 1), Json.Options);
        var job = WorkerJob.Of(Hashing.Fingerprint(JobKinds.TrainSupernet, Encoding.UTF8.GetString(json)), JobKinds.TrainSupernet, "test");
        await _store.WriteAsync(BlobLayout.JobCheckpoint(job.JobId), new byte[4000]);

        var result = await DirectJobs.RunAsync(_runner, _store, job, json);

        Assert.Null(result.Error);
    }

    [Fact]
    public async Task A_job_of_a_command_is_tried_again_when_it_failed()
    {
        await PrepareAsync();
        var json = JsonSerializer.SerializeToUtf8Bytes(new TrainSupernetInput("toy", "toyhash", "hat", 2, 1, 1), Json.Options);
        var job = WorkerJob.Of(Hashing.Fingerprint(JobKinds.TrainSupernet, Encoding.UTF8.GetString(json)), JobKinds.TrainSupernet, "test");
        var corpus = BlobLayout.Corpus("toy", "toyhash", CorpusPart.Train);
        var text = await _store.ReadAsync(corpus);
        await _store.DeleteAsync(corpus);
        Assert.NotNull((await DirectJobs.RunAsync(_runner, _store, job, json)).Error);
        await _store.WriteAsync(corpus, text);

        Assert.Null((await DirectJobs.RunAsync(_runner, _store, job, json)).Error);
    }

    [Fact]
    public async Task A_job_is_not_done_again_when_it_has_a_result()
    {
        await PrepareAsync();
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 3, 2, 2, "");
        var first = await RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
        var second = await RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
        Assert.Equal(first.Measurements, second.Measurements);
        Assert.All(first.Measurements, m => Assert.True(m.EncoderMean > 0 && m.DecoderMean > m.EncoderMean && m.P95 >= m.P50));
    }

    [Fact]
    public async Task A_latency_measurement_continues_from_its_checkpoint_when_that_is_of_the_same_device()
    {
        await PrepareAsync();
        var known = new LatencyMeasurement(1e-9, 2e-9, 0, 0, 3e-9, 4e-9);
        foreach (var (device, continues) in new[] { (DeviceFingerprint.Of(torch.CPU), true), ("cuda-elsewhere", false) })
        {
            var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 1, 1, 1, device);
            var id = Hashing.Fingerprint(JobKinds.MeasureLatency, JsonSerializer.Serialize(input, Json.Options));
            await _store.WriteTextAsync(BlobLayout.JobCheckpoint(id), JsonSerializer.Serialize(new { device, done = 1, fastest = new[] { known, null } }, Json.Options));
            var measured = await RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
            Assert.Equal(continues, measured.Measurements[0] == known);
            Assert.True(measured.Measurements[1].TotalMean > 1e-6);
            Assert.False(await _store.ExistsAsync(BlobLayout.JobCheckpoint(id)));
        }
    }

    [Theory]
    [InlineData("no-such-kind", "{}", "allowed: train-supernet")]
    [InlineData(JobKinds.Score, """{"task":"toy","dataset":"otherhash","checkpoint":"checkpoints/x.bin","architectures":[]}""", "the job was made for otherhash")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"toy","dataset":"toyhash","kind":"magic","steps":1,"warmup":1,"seed":1}""", "allowed: hat")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"toy","dataset":"toyhash","kind":"mos-layer","steps":1,"warmup":1,"seed":1,"experts":0}""", "experts is 0")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"toy","dataset":"toyhash","kind":"hat","steps":1,"warmup":1,"seed":1,"accumulate":0}""", "accumulate is 0")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"toy","dataset":"toyhash","kind":"hat","steps":1,"warmup":1,"seed":1,"precision":"fp8"}""", "allowed: fp32, fp16, bf16")]
    [InlineData(JobKinds.Evaluate, """{"task":"toy","dataset":"toyhash","checkpoint":"checkpoints/x.bin","architectures":[]}""", "does not exist")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"nowhere","dataset":"toyhash","kind":"hat","steps":1,"warmup":1,"seed":1}""", "nowhere")]
    [InlineData(JobKinds.TrainRegressor, """{"task":"toy","labels":"predictors/none.json","preset":"default","seed":1,"model":"predictors/m.json"}""", "does not exist")]
    [InlineData(JobKinds.MeasureLatency, "{", "")]
    public async Task A_bad_job_becomes_a_named_error_and_the_next_job_is_done(string kind, string input, string expected)
    {
        await PrepareAsync();
        var result = await RunRawAsync(kind, input);
        Assert.Null(result.Value);
        Assert.Contains(expected, result.Error!, StringComparison.Ordinal);
        Assert.Single((await RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, new MeasureLatencyInput("toy", [.. ToyTask.Architectures(1)], 1, 1, 1, "after"))).Measurements);
    }

    [Fact]
    public async Task A_defect_of_a_handler_becomes_a_named_error_and_a_failure_of_storage_is_thrown()
    {
        foreach (var (thrown, caught) in new (Exception, bool)[] { (new InvalidOperationException("a bug"), true), (new OutOfMemoryException(), true), (new IOException("gone"), false), (new Azure.RequestFailedException("gone"), false) })
        {
            var runner = new JobRunner(_store, [new Thrower(thrown)], torch.CPU, TimeProvider.System);
            var id = Hashing.Fingerprint(thrown.GetType().Name);
            await _store.WriteTextAsync(BlobLayout.JobInput(id), "{}");
            var job = new WorkerJob(WorkerJob.CurrentSchema, id, "throw", "test", BlobLayout.JobInput(id).ToString(), BlobLayout.JobOutput(id).ToString());
            if (caught) Assert.StartsWith($"unexpected {thrown.GetType().Name}: ", (await runner.RunAsync(job, CancellationToken.None)).Error!, StringComparison.Ordinal);
            else await Assert.ThrowsAsync(thrown.GetType(), () => runner.RunAsync(job, CancellationToken.None));
            Assert.Equal(caught, await _store.ExistsAsync(BlobLayout.JobOutput(id)));
        }
    }

    private sealed class Thrower(Exception exception) : IJobHandler
    {
        public string Kind => "throw";

        public Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken) => throw exception;
    }

    [Fact]
    public async Task A_regressor_predicts_held_out_labels_when_its_model_is_read_back()
    {
        await PrepareAsync();
        var items = ToyTask.Architectures(400).Select(a => new LabelledArchitecture(a, 10 + a.DecoderLayers + (a.EncoderEmbedDim / 10.0))).ToList();
        var labels = new BlobPath(BlobLayout.PredictorsContainer, "toy/labels.json");
        await _store.WriteJsonAsync(labels, new LabelSet("test", items));
        var fit = await RunAsync<TrainRegressorResult>(JobKinds.TrainRegressor, new TrainRegressorInput("toy", labels.ToString(), "default", 1, "predictors/toy/model.json"));
        Assert.InRange(fit.HeldOutRmse, 0, 0.2);
    }

    private Task PrepareAsync() => ToyStore.PrepareAsync(_store);

    private async Task<T> RunAsync<T>(string kind, object input)
    {
        var result = await RunRawAsync(kind, JsonSerializer.Serialize(input, Json.Options));
        Assert.Null(result.Error);
        return result.Value!.Value.Deserialize<T>(Json.Options)!;
    }

    private async Task<JobResult> RunRawAsync(string kind, string input)
    {
        var id = Hashing.Fingerprint(kind, input);
        await _store.WriteTextAsync(BlobLayout.JobInput(id), input);
        return await _runner.RunAsync(
            new WorkerJob(WorkerJob.CurrentSchema, id, kind, "test", BlobLayout.JobInput(id).ToString(), BlobLayout.JobOutput(id).ToString()), CancellationToken.None);
    }
}
