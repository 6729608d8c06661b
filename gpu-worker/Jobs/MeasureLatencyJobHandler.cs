using System.Text.Json;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.Shared.Messaging;
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
        var request = input.Deserialize<MeasureLatencyInput>(Json.Options)!;
        if (request.Runs < 1 || request.Beam < 1 || request.Passes < 1) throw new JobFailedException("runs, beam and passes must be at least 1.");
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        foreach (var architecture in request.Architectures) TaskResolver.Validate(architecture, task.Space);
        using var model = new SuperTransformer(ModelShape.Of(task));
        model.to(device);
        var probe = new LatencyProbe.LatencyProbe(model, task.ProfileSourceLength, task.ProfileTargetLength, device);
        var (count, fastest) = (request.Architectures.Count, new LatencyMeasurement[request.Architectures.Count]);
        for (var i = 0; i < request.Passes * count; i++)
        {
            var measured = probe.Measure(request.Architectures[i % count], request.Runs, request.Beam, cancellationToken);
            if (i < count || measured.TotalMean < fastest[i % count].TotalMean) fastest[i % count] = measured;
            await job.ReportAsync(i + 1, request.Passes * count, "measurements", $"{measured.TotalMean:F1} ms", cancellationToken);
        }

        return new MeasureLatencyResult(DeviceFingerprint.Of(device), fastest);
    }
}
