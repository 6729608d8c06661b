using HsNas.GpuWorker.Supernets;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Times subtransformers in torch the way HAT does (docs/method.md, "Latency predictor"): batch 1, a dummy sentence, first the
/// encoder alone, then the decoder position by position on <c>beam</c> rows, without beam bookkeeping.
/// </summary>
internal sealed class TorchProbe(SuperTransformer model, int sourceLength, int targetLength, Device device) : ILatencyProbe
{
    /// <summary>What every word of a dummy sentence is.</summary>
    public const long DummyToken = 7;

    /// <inheritdoc/>
    public string Device { get; } = DeviceFingerprint.Of(device);

    /// <inheritdoc/>
    public ITimedModel Load(Architecture architecture, int beam)
    {
        model.eval();
        return new Timed(model, architecture, beam, (sourceLength, targetLength), device);
    }

    /// <summary>Ids of the dummy sentence, [length].</summary>
    public static long[] DummySource(int length)
    {
        var ids = Enumerable.Repeat(DummyToken, length).ToArray();
        ids[0] = BytePairVocabulary.End;
        return ids;
    }

    private sealed class Timed : ITimedModel
    {
        private readonly SuperTransformer _model;
        private readonly Architecture _architecture;
        private readonly int _targetLength;
        private readonly Device _device;
        private readonly Tensor _source;                // [1, source]
        private readonly Tensor _token;                 // [beam, 1]
        private readonly EncoderOutput _encoded;        // layers of [beam, source, d]

        public Timed(SuperTransformer model, Architecture architecture, int beam, (int Source, int Target) lengths, Device device)
        {
            (_model, _architecture, _targetLength, _device) = (model, architecture, lengths.Target, device);
            using var inference = no_grad();
            using var scope = NewDisposeScope();
            _source = Kept(tensor(DummySource(lengths.Source), new long[] { 1, lengths.Source }).to(device));
            _token = Kept(tensor(Enumerable.Repeat(DummyToken, beam).ToArray(), new long[] { beam, 1 }).to(device));
            var rows = zeros(beam, dtype: ScalarType.Int64, device: device);
            _encoded = new EncoderOutput(
                [.. model.Encode(architecture, _source, padded: false).Layers.Select(l => Kept(l.index_select(0, rows)))], null);
        }

        public void Encode() => Run(() => _model.Encode(_architecture, _source, padded: false));

        public void Decode() => Run(() =>
        {
            var caches = _model.StartCache(_architecture, _encoded);
            for (var position = 0; position < _targetLength; position++)
                _model.Logits(_model.Step(_architecture, caches, _token, position));
        });

        public void Dispose()
        {
            _source.Dispose();
            _token.Dispose();
            foreach (var layer in _encoded.Layers) layer.Dispose();
        }

        // Scopes belong to a thread, and what is kept may be used on another one.
        private static Tensor Kept(Tensor tensor) => tensor.DetachFromDisposeScope();

        private void Run(Action run)
        {
            using var inference = no_grad();
            using var scope = NewDisposeScope();
            run();
            if (_device.type == TorchSharp.DeviceType.CUDA) cuda.synchronize();
        }
    }
}
