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
        if (request.Runs < 1 || request.Beam < 1) throw new JobFailedException("runs and beam must be at least 1.");
        var task = await TaskResolver.ResolveAsync(job.Store, request.Task, cancellationToken);
        using var model = new SuperTransformer(ModelShape.Of(task));
        model.to(device);
        var probe = new LatencyProbe.LatencyProbe(model, task.ProfileSourceLength, task.ProfileTargetLength, device);
        var measurements = new List<LatencyMeasurement>();
        foreach (var architecture in request.Architectures)
        {
            measurements.Add(probe.Measure(architecture, request.Runs, request.Beam, cancellationToken));
            await job.ReportAsync(measurements.Count, request.Architectures.Count, "architectures", $"{measurements[^1].TotalMean:F1} ms", cancellationToken);
        }

        return new MeasureLatencyResult(DeviceFingerprint.Of(device), measurements);
    }
}
