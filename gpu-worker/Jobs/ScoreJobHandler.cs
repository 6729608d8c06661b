using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Scoring;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Scores candidates with inherited weights, in full or in a race. Supernet and validation data stay on the device between jobs.
/// </summary>
internal sealed class ScoreJobHandler(torch.Device device) : IJobHandler, IDisposable
{
    private string? _loaded;
    private LoadedSupernet? _supernet;

    /// <inheritdoc/>
    public string Kind => JobKinds.Score;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<ScoreInput>(input);
        var key = $"{request.Task}/{request.Checkpoint}@{request.Dataset}";
        if (_loaded != key)
        {
            // The old one goes first: a device need not hold two.
            Dispose();
            _supernet = await LoadedSupernet.LoadAsync(
                job.Store, request.Task, request.Dataset, request.Checkpoint, device, job.SupernetKinds, cancellationToken);
            _loaded = key;
        }

        foreach (var architecture in request.Architectures) TaskResolver.Validate(architecture, _supernet!.Space);
        return ScoreJob.Answer(request, _supernet!.Blocks, _supernet.Space, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _supernet?.Dispose();
        (_supernet, _loaded) = (null, null);
    }
}
