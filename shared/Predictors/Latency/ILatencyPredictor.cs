using HsNas.Spaces;

namespace HsNas.Predictors.Latency;

/// <summary>Predicts how long one sentence takes on a device. Deterministic and safe for concurrent use.</summary>
public interface ILatencyPredictor
{
    /// <summary>The device that was measured, for example "titan-xp".</summary>
    string Device { get; }

    /// <summary>Predicted milliseconds of encoder plus decoder; positive for every architecture of the measured space.</summary>
    double PredictMs(Architecture architecture);
}
