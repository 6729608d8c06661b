using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.LatencyProbe;

namespace HsNas.GpuWorker.Tests.LatencyProbe;

/// <summary>Latencies do not depend on how fast the machine happens to be.</summary>
public sealed class PacedTimingsTests
{
    [Fact]
    public void A_machine_that_becomes_slower_measures_the_same()
    {
        var quick = PacedTimings.Of([2, 2, 2, 2], [1, 1, 1], [5, 5, 5]);
        var slow = PacedTimings.Of([3, 3, 3, 3], [1.5, 1.5, 1.5], [7.5, 7.5, 7.5]);
        var changing = PacedTimings.Of([2, 2, 4, 6], [1, 1.5, 2.5], [5, 7.5, 12.5]);

        foreach (var timings in new[] { quick, slow, changing })
            Assert.Equal(new LatencyMeasurement(2, 10, 0, 0, 12, 12), PacedTimings.At(4, [timings]));
        Assert.Equal([2, 3, 3], new[] { quick, slow, changing }.Select(t => t.PaceMs));
    }

    [Fact]
    public void A_call_that_was_interrupted_does_not_count_but_for_the_spread()
    {
        var interrupted = PacedTimings.Of([2, 2, 2, 2, 2, 2], [1, 1, 40, 1, 1], [5, 5, 5, 5, 90]);
        var measured = PacedTimings.At(2, [interrupted]);

        Assert.Equal((1, 5, 6), (measured.EncoderMean, measured.DecoderMean, measured.P50));
        Assert.True(measured.EncoderDeviation > 1 && measured.DecoderDeviation > 1 && measured.P95 > 40);
    }

    [Fact]
    public void The_middle_of_an_even_number_of_calls_lies_between_two()
    {
        var measured = PacedTimings.At(1, [PacedTimings.Of([1, 1, 1], [1, 2], [3, 5])]);
        Assert.Equal((1.5, 4, 5.5), (measured.EncoderMean, measured.DecoderMean, measured.P50));
    }

    [Theory]
    [InlineData(null, 2.0)]
    [InlineData("cpu-here", 4.0)]
    [InlineData("cpu-elsewhere", 2.0)]
    public void Figures_are_given_at_the_pace_of_the_same_device_or_at_the_fastest_seen(string? device, double paceMs)
    {
        var series = PacedSeries.Start("cpu-here", 2);
        series.Timings[0].Add(PacedTimings.Of([3, 3], [3], [6]));
        series.Timings[1].Add(PacedTimings.Of([2, 2], [4], [6]));
        series.Timings[0].Add(PacedTimings.Of([3, 3], [3], [6]));

        var result = series.Result().At(device, 4);

        Assert.Equal((paceMs, 3), (result.PaceMs, result.SeenPaceMs));
        Assert.Equal(paceMs / 3, result.PaceShare);
        Assert.Equal([3 * paceMs, 5 * paceMs], result.Measurements.Select(m => m.TotalMean));
    }

    [Fact]
    public void Nothing_to_measure_has_no_pace() => Assert.Null(PacedSeries.Start("cpu-here", 0).Result().At("cpu-here", 4).PaceMs);
}
