using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Supernets;
using HsNas.Onnx;
using HsNas.Spaces;
using TorchSharp;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Measures one subtransformer in ONNX Runtime, on the processor: the graphs that <c>./hsnas export</c> writes, with whatever weights
/// the model has. Encoder and decoder are timed as in <see cref="TorchProbe"/>; each decoder step takes the caches of the one before.
/// </summary>
/// <param name="model">Supplies the weights; stays on the processor. Not disposed.</param>
/// <param name="task">Its task.</param>
/// <param name="precision">Weights of the graphs.</param>
internal sealed class OnnxProbe(SuperTransformer model, TaskDefinition task, OnnxPrecision precision) : ILatencyProbe
{
    /// <inheritdoc/>
    public string Device { get; } =
        $"{DeviceFingerprint.Of(torch.CPU)}-{(precision == OnnxPrecision.Int8 ? LatencyRuntimes.OnnxInt8 : LatencyRuntimes.Onnx)}";

    /// <inheritdoc/>
    public LatencyMeasurement Measure(Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-probe-");
        try
        {
            foreach (var (name, bytes) in OnnxExporter.Export(ModelExporter.Untrained(model, architecture, task), precision))
                File.WriteAllBytes(Path.Combine(folder.FullName, name), bytes);
            using var graphs = new OnnxGraphs(folder.FullName, torch.get_num_threads());
            using var memory = graphs.Encode(TorchProbe.DummySource(task.ProfileSourceLength));
            var encoder = ProbeTimings.Of(
                () => graphs.Encode(TorchProbe.DummySource(task.ProfileSourceLength)).Dispose(), runs, cancellationToken);
            var decoder = ProbeTimings.Of(
                () => graphs.DecodeAll(memory, TorchProbe.DummyToken, beam, task.ProfileTargetLength), runs, cancellationToken);
            return ProbeTimings.Measurement(encoder, decoder);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
