using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Measures latencies on this worker's device. Weights do not matter: a fresh model is timed.</summary>
internal sealed class MeasureLatencyJobHandler(torch.Device device) : IJobHandler
{
    /// <inheritdoc/>
    public string Kind => JobKinds.MeasureLatency;

    /// <inheritdoc/>
    public async Task<object> RunAsync(JobContext job, JsonElement input, CancellationToken cancellationToken)
    {
        var request = JobInput.Read<MeasureLatencyInput>(input);
        if (request.Runs < 1 || request.Beam < 1 || request.Passes < 1)
            throw new JobFailedException("runs, beam and passes must be at least 1.");
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        foreach (var architecture in request.Architectures) TaskResolver.Validate(architecture, task.Space);
        var runtime = request.Runtime ?? LatencyRuntimes.Torch;
        if (!LatencyRuntimes.All.Contains(runtime, StringComparer.Ordinal))
            throw new JobFailedException($"runtime is '{runtime}'; allowed: {string.Join(", ", LatencyRuntimes.All)}.");
        using var model = new SuperTransformer(ModelShape.Of(task));
        using var probe = new PacedProbe(LatencyProbes.Create(runtime, model, task, device), task, request.Beam);
        var count = request.Architectures.Count;
        var series = await ContinuedAsync(job, probe.Device, count, cancellationToken) ?? PacedSeries.Start(probe.Device, count);
        while (series.Done < request.Passes * count)
        {
            var timings = series.Next(probe, request.Architectures, request.Runs, cancellationToken);
            var note = $"{PacedTimings.At(timings.PaceMs, [timings]).TotalMean:F1} ms";
            await job.ReportAsync(series.Done, request.Passes * count, "measurements", note, cancellationToken);
            await job.CheckpointAsync(() => JsonSerializer.SerializeToUtf8Bytes(series, Json.Options), cancellationToken);
        }

        await job.ClearCheckpointAsync(cancellationToken);
        return series.Result();
    }

    // Timings of another device say nothing about this one, and those of earlier versions have no pace: the measurement starts over.
    private static async Task<PacedSeries?> ContinuedAsync(
        JobContext job, string device, int architectures, CancellationToken cancellationToken)
    {
        if (await job.TryReadCheckpointAsync(cancellationToken) is not { } checkpoint) return null;
        try
        {
            var series = JsonSerializer.Deserialize<PacedSeries>(checkpoint, Json.Options);
            return series?.Device == device && series.Timings.Count == architectures ? series : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
