namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>A subtransformer ready to be timed on one dummy sentence: loaded, with its inputs made.</summary>
internal interface ITimedModel : IDisposable
{
    /// <summary>Runs the encoder once and returns when the device is done with it.</summary>
    void Encode();

    /// <summary>Decodes all positions once, one after the other, and returns when the device is done with it.</summary>
    void Decode();
}
