using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Supernets;
using HsNas.Onnx;
using HsNas.Spaces;
using Microsoft.ML.OnnxRuntime;
using TorchSharp;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Measures one subtransformer in ONNX Runtime, on the processor: the graphs that <c>./hsnas export</c> writes, with whatever weights
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
    public LatencyMeasurement Measure(Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-probe-");
        try
        {
            foreach (var (name, bytes) in OnnxExporter.Export(ModelExporter.Untrained(model, architecture, task), precision))
                File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
            using var graphs = new OnnxGraphs(folder.FullName, torch.get_num_threads());
            var source = TorchProbe.DummySource(task.ProfileSourceLength);
            var encoder = ProbeTimings.Of(() => Dispose(graphs.Encode(source, 1)), runs, cancellationToken);
            var memory = graphs.Encode(source, 1);
            var decoder = ProbeTimings.Of(() => DecodeAll(graphs, memory, beam), runs, cancellationToken);
            Dispose(memory);
            return ProbeTimings.Measurement(encoder, decoder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private void DecodeAll(OnnxGraphs graphs, Dictionary<string, OrtValue> memory, int beam)
    {
        var tokens = Enumerable.Repeat(TorchProbe.DummyToken, beam).ToArray();
        var rows = Enumerable.Range(0, beam).Select(r => (long)r).ToArray();
        Dictionary<string, OrtValue>? step = null;
        for (var position = 0; position < task.ProfileTargetLength; position++)
            step = graphs.Step(memory, step, tokens, rows, position, 2 * beam);
        if (step is not null) Dispose(step);
    }

    private static void Dispose(Dictionary<string, OrtValue> values)
    {
        foreach (var value in values.Values) value.Dispose();
    }
}
