using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Jobs;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>What the runner does with any job: results, errors and what it tries again.</summary>
public sealed class JobRunnerTests : IDisposable
{
    private const string Toy = """{"task":"toy","dataset":"toyhash",""";
    private const string OneStep = "\"steps\":1,\"warmup\":1,\"seed\":1";
    private const string NoArchitectures = "\"checkpoint\":\"checkpoints/x.bin\",\"architectures\":[]}";
    private const string NoLabels =
        """{"task":"toy","labels":"predictors/none.json","preset":"default","seed":1,"model":"predictors/m.json"}""";

    private readonly ToyJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_training_starts_over_when_its_checkpoint_is_of_an_older_worker()
    {
        var training = Training(steps: 4);
        var job = WorkerJob.IdOf(JobKinds.TrainSupernet, training);
        await _jobs.Store.WriteAsync(BlobLayout.JobCheckpoint(job), new byte[4000]);

        var result = await DirectJobs.RunAsync(_jobs.Runner, _jobs.Store, JobKinds.TrainSupernet, training);

        Assert.Null(result.Error);
    }

    [Fact]
    public async Task A_job_of_a_command_is_tried_again_when_it_failed()
    {
        var training = Training(steps: 2);
        var corpus = BlobLayout.Corpus("toy", "toyhash", CorpusPart.Train);
        var text = await _jobs.Store.ReadAsync(corpus);
        await _jobs.Store.DeleteAsync(corpus);
        Assert.NotNull((await DirectJobs.RunAsync(_jobs.Runner, _jobs.Store, JobKinds.TrainSupernet, training)).Error);
        await _jobs.Store.WriteAsync(corpus, text);

        Assert.Null((await DirectJobs.RunAsync(_jobs.Runner, _jobs.Store, JobKinds.TrainSupernet, training)).Error);
    }

    [Theory]
    [InlineData(JobKinds.Score, """{"task":"toy","dataset":"otherhash",""" + NoArchitectures, "the job was made for otherhash")]
    [InlineData(JobKinds.Evaluate, Toy + NoArchitectures, "does not exist")]
    [InlineData(JobKinds.TrainSupernet, Toy + OneStep + ""","kind":"magic"}""", "allowed: hat")]
    [InlineData(JobKinds.TrainSupernet, Toy + OneStep + ""","kind":"mos-layer","experts":0}""", "experts is 0")]
    [InlineData(JobKinds.TrainSupernet, Toy + OneStep + ""","kind":"hat","accumulate":0}""", "accumulate is 0")]
    [InlineData(JobKinds.TrainSupernet, Toy + OneStep + ""","kind":"hat","precision":"fp8"}""", "allowed: fp32, fp16, bf16")]
    [InlineData(JobKinds.TrainSupernet, """{"task":"nowhere","dataset":"toyhash",""" + OneStep + ""","kind":"hat"}""", "nowhere")]
    [InlineData(JobKinds.TrainRegressor, NoLabels, "does not exist")]
    [InlineData(JobKinds.MeasureLatency, "{", "at the end of the JSON")]
    public async Task A_bad_job_becomes_a_named_error_and_the_next_job_is_done(string kind, string input, string expected)
    {
        var result = await _jobs.RunRawAsync(kind, input);

        Assert.Null(result.Value);
        Assert.Contains(expected, result.Error!, StringComparison.Ordinal);
        var next = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(1)], 1, 1, 1, "after");
        Assert.Single((await _jobs.RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, next)).Measurements);
    }

    [Theory]
    [InlineData("no-such-kind", "{}", "allowed: train-supernet")]
    [InlineData(JobKinds.TrainSupernet, Toy + OneStep + ""","kind":"hat","curriculum":"short-first"}""", "$.curriculum")]
    [InlineData(JobKinds.Score, """{"task":"toy","dataset":"toyhash","focus":[],""" + NoArchitectures, "$.focus")]
    public async Task A_job_that_only_a_newer_worker_can_do_is_left_to_one(string kind, string input, string expected)
    {
        var refused = await Assert.ThrowsAsync<NewerJobException>(() => _jobs.RunRawAsync(kind, input));

        Assert.Contains(expected, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(InvalidOperationException))]
    [InlineData(typeof(OutOfMemoryException))]
    public async Task A_defect_of_a_handler_becomes_a_named_error(Type thrown)
    {
        var (runner, job) = await ThrowingAsync(thrown);

        var result = await runner.RunAsync(job, CancellationToken.None);

        Assert.StartsWith($"unexpected {thrown.Name}: ", result.Error, StringComparison.Ordinal);
        Assert.True(await _jobs.Store.ExistsAsync(BlobLayout.JobOutput(job.JobId)));
    }

    [Theory]
    [InlineData(typeof(IOException))]
    [InlineData(typeof(Azure.RequestFailedException))]
    public async Task A_failure_of_storage_is_thrown_and_leaves_no_result(Type thrown)
    {
        var (runner, job) = await ThrowingAsync(thrown);

        await Assert.ThrowsAsync(thrown, () => runner.RunAsync(job, CancellationToken.None));

        Assert.False(await _jobs.Store.ExistsAsync(BlobLayout.JobOutput(job.JobId)));
    }

    private static TrainSupernetInput Training(int steps) => new("toy", "toyhash", SupernetKinds.Hat, steps, 1, 1);

    private async Task<(JobRunner Runner, WorkerJob Job)> ThrowingAsync(Type exception)
    {
        var handler = new Thrower((Exception)Activator.CreateInstance(exception, "gone")!);
        var id = Hashing.Fingerprint(exception.Name);
        await _jobs.Store.WriteTextAsync(BlobLayout.JobInput(id), "{}");
        return (new JobRunner(_jobs.Store, [handler], torch.CPU, TimeProvider.System), WorkerJob.Of(id, handler.Kind, "test"));
    }

    private sealed class Thrower(Exception exception) : IJobHandler
    {
        public string Kind => "throw";

        public Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken) => throw exception;
    }
}
