using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>Measurements as the clock gives them, whatever the machine's pace.</summary>
internal static class PlainMeasurement
{
    /// <summary>
    /// Latency in milliseconds; <paramref name="runs"/> timed calls of each side, the decoder on <paramref name="beam"/> rows.
    /// </summary>
    public static LatencyMeasurement Measure(
        this ILatencyProbe probe, Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default)
    {
        using var model = probe.Load(architecture, beam);
        return ProbeTimings.Measurement(
            ProbeTimings.Of(model.Encode, runs, cancellationToken), ProbeTimings.Of(model.Decode, runs, cancellationToken));
    }
}
