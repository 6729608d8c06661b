using HsNas.Spaces;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>Subtransformers of a task in one runtime, to be timed. One kind a runtime (docs/method.md, "Latency predictor").</summary>
internal interface ILatencyProbe
{
    /// <summary>Fingerprint of the device and the runtime: two that share it have the same latencies.</summary>
    string Device { get; }

    /// <summary>A subtransformer; its decoder works on <paramref name="beam"/> rows. Several can be loaded at a time.</summary>
    ITimedModel Load(Architecture architecture, int beam);
}
