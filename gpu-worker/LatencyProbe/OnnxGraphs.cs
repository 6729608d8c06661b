using HsNas.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>An ONNX model's two graphs, run without a search around them.</summary>
internal sealed class OnnxGraphs : IDisposable
{
    private const string Present = "present_";
    private static readonly RunOptions Plainly = new();

    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly string[] _outputs;
    private readonly string[] _past;

    /// <summary>Loads a folder.</summary>
    public OnnxGraphs(string folder, int threads)
    {
        // As programs that translate set it: shapes grow with every position, so plans for the last step's shapes are no use.
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, EnableMemoryPattern = false };
        _encoder = new InferenceSession(Path.Combine(folder, OnnxFiles.Encoder), options);
        _decoder = new InferenceSession(Path.Combine(folder, OnnxFiles.Decoder), options);
        var presents = _decoder.OutputNames.Where(n => n.StartsWith(Present, StringComparison.Ordinal)).ToList();
        _outputs = ["best_scores", "best_ids", "end_scores", .. presents];
        _past = [.. presents.Select(n => n.Replace("present", "past", StringComparison.Ordinal))];
    }

    /// <summary>The encoder's outputs for one sentence.</summary>
    public IDisposableReadOnlyCollection<OrtValue> Encode(long[] ids)
    {
        using var source = OrtValue.CreateTensorValueFromMemory(ids, [1, ids.Length]);
        return _encoder.Run(Plainly, ["source"], [source], _encoder.OutputNames);
    }

    /// <summary>Runs <paramref name="length"/> steps of the decoder on <paramref name="rows"/> rows that all read one sentence.</summary>
    public void DecodeAll(IReadOnlyCollection<OrtValue> memory, long token, int rows, int length)
    {
        using var tokens = OrtValue.CreateTensorValueFromMemory(Enumerable.Repeat(token, rows).ToArray(), [rows]);
        using var count = OrtValue.CreateTensorValueFromMemory(new long[] { 2L * rows }, [1]);
        using var continued = OrtValue.CreateTensorValueFromMemory(Enumerable.Range(0, rows).Select(r => (long)r).ToArray(), [rows]);
        string[] names = ["token", "position", "count", "past_rows", .. _past, .. _encoder.OutputNames];
        OrtValue[] past = [.. _past.Select(name => Empty(name, rows))];
        for (var step = 0; step < length; step++)
        {
            using var position = OrtValue.CreateTensorValueFromMemory(new long[] { step }, [1]);
            var results = _decoder.Run(Plainly, names, [tokens, position, count, continued, .. past, .. memory], _outputs).ToArray();
            foreach (var old in past.Concat(results[..^past.Length])) old.Dispose();
            past = results[^past.Length..];
        }

        foreach (var value in past) value.Dispose();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    // Keys and values of no position yet: [rows, 2h, 0, Q/h].
    private OrtValue Empty(string name, int rows)
    {
        var shape = _decoder.InputMetadata[name].Dimensions;
        return OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, TensorElementType.Float, [rows, shape[1], 0, shape[3]]);
    }
}
