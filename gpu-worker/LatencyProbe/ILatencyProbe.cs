using HsNas.Contracts.Jobs;
using HsNas.Spaces;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>Measures subtransformers in one runtime. One kind a runtime (docs/method.md, "Latency predictor").</summary>
internal interface ILatencyProbe
{
    /// <summary>Fingerprint of the device and the runtime: two that share it have the same latencies.</summary>
    string Device { get; }

    /// <summary>
    /// Latency in milliseconds; <paramref name="runs"/> timed calls of each side, the decoder on <paramref name="beam"/> rows.
    /// </summary>
    LatencyMeasurement Measure(Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default);
}
