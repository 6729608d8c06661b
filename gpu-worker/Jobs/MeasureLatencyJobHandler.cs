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
        var probe = LatencyProbes.Create(runtime, model, task, device);
        var (count, name) = (request.Architectures.Count, probe.Device);
        var state = await ContinuedAsync(job, name, cancellationToken) ?? new Measured(name, 0, new LatencyMeasurement?[count]);
        for (var i = state.Done; i < request.Passes * count; i++)
        {
            var measured = probe.Measure(request.Architectures[i % count], request.Runs, request.Beam, cancellationToken);
            if (state.Fastest[i % count] is not { } known || measured.TotalMean < known.TotalMean) state.Fastest[i % count] = measured;
            state = state with { Done = i + 1 };
            var saved = state;
            await job.ReportAsync(i + 1, request.Passes * count, "measurements", $"{measured.TotalMean:F1} ms", cancellationToken);
            await job.CheckpointAsync(() => JsonSerializer.SerializeToUtf8Bytes(saved, Json.Options), cancellationToken);
        }

        await job.ClearCheckpointAsync(cancellationToken);
        return new MeasureLatencyResult(name, [.. state.Fastest.Select(m => m!)]);
    }

    // Timings of another device say nothing about this one. The measurement then starts over.
    private static async Task<Measured?> ContinuedAsync(JobContext job, string device, CancellationToken cancellationToken)
    {
        if (await job.TryReadCheckpointAsync(cancellationToken) is not { } checkpoint) return null;
        var state = JsonSerializer.Deserialize<Measured>(checkpoint, Json.Options);
        return state?.Device == device ? state : null;
    }

    private sealed record Measured(string Device, int Done, LatencyMeasurement?[] Fastest);
}
