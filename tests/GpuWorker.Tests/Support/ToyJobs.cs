using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>The worker's job runner with every handler, over a folder that holds the toy task and its text.</summary>
internal sealed class ToyJobs : IDisposable
{
    private readonly DirectoryArtifactStore _store;
    private readonly JobRunner _runner;

    /// <param name="kinds">Supernets that jobs may name; the built-in kinds where null.</param>
    public ToyJobs(SupernetKinds? kinds = null)
    {
        _store = new DirectoryArtifactStore(Folder);
        ToyStore.PrepareAsync(_store).GetAwaiter().GetResult();
        var device = torch.CPU;
        IJobHandler[] handlers =
        [
            new TrainSupernetJobHandler(device), new ScoreJobHandler(device), new TrainRegressorJobHandler(device),
            new MeasureLatencyJobHandler(device), new TrainFromScratchJobHandler(device), new EvaluateJobHandler(device),
            new TranslateTextJobHandler(device),
        ];
        _runner = new JobRunner(_store, handlers, device, TimeProvider.System, kinds);
    }

    /// <summary>Where the blobs are.</summary>
    public string Folder { get; } = Directory.CreateTempSubdirectory("hsnas-jobs").FullName;

    /// <summary>The blobs.</summary>
    public IArtifactStore Store => _store;

    /// <summary>The runner.</summary>
    public JobRunner Runner => _runner;

    /// <summary>Runs a job that succeeds.</summary>
    public async Task<T> RunAsync<T>(string kind, object input)
    {
        var result = await RunRawAsync(kind, JsonSerializer.Serialize(input, Json.Options));
        Assert.True(result.Error is null, result.Error);
        return result.Value!.Value.Deserialize<T>(Json.Options)!;
    }

    /// <summary>Runs a job and gives its result as it is.</summary>
    public async Task<JobResult> RunRawAsync(string kind, string input)
    {
        var id = Hashing.Fingerprint(kind, input);
        await _store.WriteTextAsync(BlobLayout.JobInput(id), input);
        return await _runner.RunAsync(WorkerJob.Of(id, kind, "test"), CancellationToken.None);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
