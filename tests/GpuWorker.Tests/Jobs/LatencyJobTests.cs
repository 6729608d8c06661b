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
        var device = same ? DeviceFingerprint.Of(torch.CPU) : "cuda-elsewhere";
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 1, 1, 1, device);
        var checkpoint =
            BlobLayout.JobCheckpoint(Hashing.Fingerprint(JobKinds.MeasureLatency, JsonSerializer.Serialize(input, Json.Options)));
        var series = PacedSeries.Start(device, 2);
        series.Timings[0].Add(new PacedTimings([1e-9f], [2e-9f], PaceMs: 1000));
        await _jobs.Store.WriteTextAsync(checkpoint, JsonSerializer.Serialize(series, Json.Options));

        var measured = await MeasureAsync(input);

        Assert.Equal(same, measured.Measurements[0].TotalMean < 1e-6);
        Assert.True(measured.Measurements[1].TotalMean > 1e-6);
        Assert.False(await _jobs.Store.ExistsAsync(checkpoint));
    }

    [Fact]
    public async Task A_checkpoint_of_an_earlier_version_is_measured_anew()
    {
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(1)], 1, 1, 1, "earlier");
        var checkpoint =
            BlobLayout.JobCheckpoint(Hashing.Fingerprint(JobKinds.MeasureLatency, JsonSerializer.Serialize(input, Json.Options)));
        var state = new
        {
            device = DeviceFingerprint.Of(torch.CPU), done = 1, fastest = new[] { new LatencyMeasurement(1, 2, 0, 0, 3, 4) },
        };
        await _jobs.Store.WriteTextAsync(checkpoint, JsonSerializer.Serialize(state, Json.Options));

        Assert.NotEqual(3, (await MeasureAsync(input)).Measurements.Single().TotalMean);
    }

    [Theory]
    [InlineData(LatencyRuntimes.Onnx)]
    [InlineData(LatencyRuntimes.OnnxInt8)]
    public async Task Each_runtime_measures_its_own_graphs_and_belongs_to_the_fingerprint(string runtime)
    {
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(2)], 3, 2, 1, "") { Runtime = runtime };
        var measured = await MeasureAsync(input);

        Assert.Equal($"{DeviceFingerprint.Of(torch.CPU)}-{runtime}", measured.Device);
        Assert.Equal(2, measured.Measurements.Count);
        Assert.All(measured.Measurements, m => Assert.True(m.EncoderMean > 0 && m.DecoderMean > 0 && m.P95 >= m.P50));
        Assert.NotEqual(
            (await MeasureAsync(input with { Runtime = null })).Measurements.AsEnumerable(), measured.Measurements.AsEnumerable());
    }

    [Fact]
    public async Task A_runtime_that_is_not_known_is_named_with_those_that_are()
    {
        var input = new MeasureLatencyInput("toy", [.. ToyTask.Architectures(1)], 1, 1, 1, "") { Runtime = "tflite" };
        var result = await _jobs.RunRawAsync(JobKinds.MeasureLatency, JsonSerializer.Serialize(input, Json.Options));
        Assert.Equal("runtime is 'tflite'; allowed: torch, onnx, onnx-int8.", result.Error);
    }

    private Task<MeasureLatencyResult> MeasureAsync(MeasureLatencyInput input) =>
        _jobs.RunAsync<MeasureLatencyResult>(JobKinds.MeasureLatency, input);
}
