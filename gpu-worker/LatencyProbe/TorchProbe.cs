using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Measures one subtransformer in torch the way HAT does (docs/method.md, "Latency predictor"): batch 1, a dummy sentence, first the
/// encoder alone, then the decoder position by position on <c>beam</c> rows, without beam bookkeeping.
/// </summary>
internal sealed class TorchProbe(SuperTransformer model, int sourceLength, int targetLength, Device device) : ILatencyProbe
{
    /// <summary>What every word of a dummy sentence is.</summary>
    public const long DummyToken = 7;

    /// <inheritdoc/>
    public string Device { get; } = DeviceFingerprint.Of(device);

    /// <inheritdoc/>
    public LatencyMeasurement Measure(Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default)
    {
        model.eval();
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        var source = tensor(DummySource(sourceLength), new long[] { 1, sourceLength }).to(device);
        var encoder = Time(() => model.Encode(architecture, source, padded: false), runs, cancellationToken);

        var one = model.Encode(architecture, source, padded: false);
        var rows = zeros(beam, dtype: ScalarType.Int64, device: device);
        var encoded = new EncoderOutput([.. one.Layers.Select(l => l.index_select(0, rows))], null);
        var token = tensor(Enumerable.Repeat(DummyToken, beam).ToArray(), new long[] { beam, 1 }).to(device);   // [beam, 1]
        var decoder = Time(() => DecodeAll(architecture, encoded, token), runs, cancellationToken);
        return ProbeTimings.Measurement(encoder, decoder);
    }

    /// <summary>Ids of the dummy sentence, [length].</summary>
    public static long[] DummySource(int length)
    {
        var ids = Enumerable.Repeat(DummyToken, length).ToArray();
        ids[0] = BytePairVocabulary.End;
        return ids;
    }

    private void DecodeAll(Architecture architecture, EncoderOutput encoded, Tensor token)
    {
        var caches = model.StartCache(architecture, encoded);
        for (var position = 0; position < targetLength; position++)
            model.Logits(model.Step(architecture, caches, token, position));
    }

    private double[] Time(Action run, int runs, CancellationToken cancellationToken) => ProbeTimings.Of(
        () =>
        {
            using var scope = NewDisposeScope();
            run();
            if (device.type == TorchSharp.DeviceType.CUDA) cuda.synchronize();
        },
        runs, cancellationToken);
}
