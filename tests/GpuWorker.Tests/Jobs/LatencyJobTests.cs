using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>The job that measures latency.</summary>
public sealed class LatencyJobTests : IDisposable
{
    private readonly ToyJobs _jobs = new();

    public void Dispose() => _jobs.Dispose();

    [Fact]
    public async Task A_job_is_not_done_again_when_it_has_a_result()
    {
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 3, 2, 2, "");
        var first = await MeasureAsync(input);
        var second = await MeasureAsync(input);

        // Two measurements are never equal to the last digit.
        Assert.Equal(first.Measurements, second.Measurements);
        Assert.All(first.Measurements, m => Assert.True(m.EncoderMean > 0 && m.DecoderMean > m.EncoderMean && m.P95 >= m.P50));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_latency_measurement_continues_from_its_checkpoint_when_that_is_of_the_same_device(bool same)
    {
        var known = new LatencyMeasurement(1e-9, 2e-9, 0, 0, 3e-9, 4e-9);
        var device = same ? DeviceFingerprint.Of(torch.CPU) : "cuda-elsewhere";
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 1, 1, 1, device);
        var checkpoint =
            BlobLayout.JobCheckpoint(Hashing.Fingerprint(JobKinds.MeasureLatency, JsonSerializer.Serialize(input, Json.Options)));
        var state = new { device, done = 1, fastest = new[] { known, null } };
        await _jobs.Store.WriteTextAsync(checkpoint, JsonSerializer.Serialize(state, Json.Options));

        var measured = await MeasureAsync(input);

        Assert.Equal(same, measured.Measurements[0] == known);
        Assert.True(measured.Measurements[1].TotalMean > 1e-6);
        Assert.False(await _jobs.Store.ExistsAsync(checkpoint));
    }

    private Task<MeasureLatencyResult> MeasureAsync(MeasureLatencyInput input) =>
        _jobs.RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
}
