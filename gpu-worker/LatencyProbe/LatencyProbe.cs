using System.Diagnostics;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Supernets;
using HsNas.Spaces;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>
/// Measures one subtransformer the way HAT does (docs/method.md, "Latency predictor"): batch 1, a dummy sentence, first the
/// encoder alone, then the decoder position by position on <c>beam</c> rows, without beam bookkeeping. Timings are sorted, a
/// tenth is dropped at either end, and the rest is averaged.
/// </summary>
internal sealed class LatencyProbe(SuperTransformer model, int sourceLength, int targetLength, Device device)
{
    private const int WarmUps = 5;
    private const long DummyToken = 7;

    /// <summary>Latency in milliseconds; <paramref name="runs"/> timed calls of each side.</summary>
    public LatencyMeasurement Measure(Architecture architecture, int runs, int beam, CancellationToken cancellationToken = default)
    {
        model.eval();
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        var ids = Enumerable.Repeat(DummyToken, sourceLength).ToArray();
        ids[0] = HsNas.Translation.BytePairVocabulary.End;
        var source = tensor(ids, new long[] { 1, sourceLength }).to(device);
        var encoder = Time(() => model.Encode(architecture, source, padded: false), runs, cancellationToken);

        var one = model.Encode(architecture, source, padded: false);
        var rows = zeros(beam, dtype: ScalarType.Int64, device: device);
        var encoded = new EncoderOutput([.. one.Layers.Select(l => l.index_select(0, rows))], null);
        var token = tensor(Enumerable.Repeat(DummyToken, beam).ToArray(), new long[] { beam, 1 }).to(device);   // [beam, 1]
        var decoder = Time(() => DecodeAll(architecture, encoded, token), runs, cancellationToken);
        return new LatencyMeasurement(Trimmed(encoder), Trimmed(decoder), Deviation(encoder), Deviation(decoder),
            Percentile(encoder, 0.5) + Percentile(decoder, 0.5), Percentile(encoder, 0.95) + Percentile(decoder, 0.95));
    }

    private void DecodeAll(Architecture architecture, EncoderOutput encoded, Tensor token)
    {
        var caches = model.StartCache(architecture, encoded);
        for (var position = 0; position < targetLength; position++)
            model.Logits(model.Step(architecture, caches, token, position));
    }

    private double[] Time(Action run, int runs, CancellationToken cancellationToken)
    {
        var milliseconds = new double[runs];
        for (var i = -WarmUps; i < runs; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            Synchronize();
            var start = Stopwatch.GetTimestamp();
            run();
            Synchronize();
            if (i >= 0) milliseconds[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        Array.Sort(milliseconds);
        return milliseconds;
    }

    private void Synchronize()
    {
        if (device.type == TorchSharp.DeviceType.CUDA) cuda.synchronize();
    }

    // At least one is dropped at the top, as HAT's data-set generator does; with one or two runs nothing is.
    private static double Trimmed(double[] sorted)
    {
        var drop = (int)(0.1 * sorted.Length);
        var kept = sorted.Length < 3 ? sorted : sorted[drop..^Math.Max(1, drop)];
        return kept.Average();
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
    }

    private static double Percentile(double[] sorted, double share) => sorted[(int)Math.Ceiling(share * (sorted.Length - 1))];
}
