using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Spaces;

namespace HsNas.Browser.Tests.Support;

/// <summary>A device that is slower for what is deeper and wider, and a little of it is no fault of the architecture's.</summary>
internal static class MadeUpDevice
{
    /// <summary>Its latency of an architecture; the same each time.</summary>
    public static LatencyMeasurement Measure(Architecture architecture)
    {
        var own = Convert.ToInt32(Hashing.Fingerprint("latency", architecture.Key)[..4], 16) / (double)0xffff;
        var encoder = (0.35 * architecture.EncoderLayers) + (architecture.EncoderFfnDims.Sum() / 900.0);
        var decoder = (0.9 * architecture.DecoderLayers) + (architecture.DecoderFfnDims.Sum() / 700.0)
            + (architecture.DecoderSelfHeads.Sum() / 40.0) + (0.25 * own);
        return new LatencyMeasurement(encoder, decoder, 0.05, 0.05, encoder + decoder, (encoder + decoder) * 1.1);
    }
}
