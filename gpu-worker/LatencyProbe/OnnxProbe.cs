using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Supernets;
using HsNas.Onnx;
using HsNas.Spaces;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Times subtransformers in ONNX Runtime, on the processor: the graphs that <c>./hsnas export</c> writes, with whatever weights
/// the model has. Encoder and decoder are timed as in <see cref="TorchProbe"/>; each decoder step takes the caches of the one before.
/// </summary>
/// <param name="model">Supplies the weights; stays on the processor.</param>
/// <param name="task">Its task.</param>
/// <param name="runtime">Name of the runtime, for the fingerprint.</param>
/// <param name="precision">Weights of the graphs.</param>
internal sealed class OnnxProbe(SuperTransformer model, TaskDefinition task, string runtime, OnnxPrecision precision) : ILatencyProbe
{
    /// <inheritdoc/>
    public string Device { get; } = $"{DeviceFingerprint.Of(torch.CPU)}-{runtime}";

    /// <inheritdoc/>
    public ITimedModel Load(Architecture architecture, int beam) =>
        new Timed(OnnxExporter.Export(ModelExporter.Untrained(model, architecture, task), precision), task, beam);

    private sealed class Timed : ITimedModel
    {
        private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-probe-");
        private readonly OnnxGraphs _graphs;
        private readonly long[] _source;
        private readonly long[] _tokens;
        private readonly long[] _rows;
        private readonly int _targetLength;
        private readonly Dictionary<string, OrtValue> _memory;

        public Timed(IReadOnlyDictionary<string, byte[]> files, TaskDefinition task, int beam)
        {
            _source = TorchProbe.DummySource(task.ProfileSourceLength);
            _tokens = [.. Enumerable.Repeat(TorchProbe.DummyToken, beam)];
            _rows = [.. Enumerable.Range(0, beam).Select(r => (long)r)];
            _targetLength = task.ProfileTargetLength;
            try
            {
                foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
                _graphs = new OnnxGraphs(_folder.FullName, torch.get_num_threads());
                _memory = _graphs.Encode(_source, 1);
            }
            catch
            {
                _graphs?.Dispose();
                _folder.Delete(recursive: true);
                throw;
            }
        }

        public void Encode() => Dispose(_graphs.Encode(_source, 1));

        public void Decode()
        {
            Dictionary<string, OrtValue>? step = null;
            for (var position = 0; position < _targetLength; position++)
                step = _graphs.Step(_memory, step, _tokens, _rows, position, 2 * _rows.Length);
            if (step is not null) Dispose(step);
        }

        public void Dispose()
        {
            Dispose(_memory);
            _graphs.Dispose();
            _folder.Delete(recursive: true);
        }

        private static void Dispose(Dictionary<string, OrtValue> values)
        {
            foreach (var value in values.Values) value.Dispose();
        }
    }
}
