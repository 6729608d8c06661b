using HsNas.Onnx;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>An ONNX model's two graphs, run without a search around them.</summary>
internal sealed class OnnxGraphs : IDisposable
{
    private const string Logits = "logits";
    private const string PastRows = "past_rows";
    private static readonly RunOptions Plainly = new();

    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly string[] _pasts;
    private readonly string[] _outputs;

    /// <summary>Loads a folder.</summary>
    /// <param name="folder">Where the graphs lie.</param>
    /// <param name="threads">Threads of an operator.</param>
    /// <param name="isChecked">
    /// Whether loading checks the types and shapes of every value, and steps give logits, which no program that translates asks for.
    /// </param>
    public OnnxGraphs(string folder, int threads, bool isChecked = false)
    {
        // As programs that translate set it: shapes grow with every position, so plans for the last step's shapes are no use.
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, EnableMemoryPattern = false };
        if (isChecked) options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        _encoder = new InferenceSession(Path.Combine(folder, OnnxFiles.Encoder), options);
        _decoder = new InferenceSession(Path.Combine(folder, OnnxFiles.Decoder), options);
        _pasts = [.. _decoder.InputNames.Where(n => n.StartsWith("past_", StringComparison.Ordinal) && n != PastRows)];
        _outputs = [.. _decoder.OutputNames.Where(n => isChecked || n != Logits)];
    }

    /// <summary>The encoder's outputs for ids [sentences, source], by name.</summary>
    public Dictionary<string, OrtValue> Encode(long[] ids, int sentences)
    {
        using var source = Integers(ids, sentences, ids.Length / sentences);
        return Named(_encoder.OutputNames, _encoder.Run(Plainly, ["source"], [source], _encoder.OutputNames));
    }

    /// <summary>A step's outputs by name; <paramref name="past"/> are those of the step before, none at first.</summary>
    /// <param name="encoded">The encoder's outputs.</param>
    /// <param name="past">Disposed.</param>
    /// <param name="tokens">The ids before, one a row.</param>
    /// <param name="rows">The row of the step before that each row continues.</param>
    /// <param name="position">From 0.</param>
    /// <param name="count">Continuations of a row.</param>
    public Dictionary<string, OrtValue> Step(
        Dictionary<string, OrtValue> encoded, Dictionary<string, OrtValue>? past, long[] tokens, long[] rows, int position, int count)
    {
        var inputs = new Dictionary<string, OrtValue>(encoded, StringComparer.Ordinal)
        {
            ["token"] = Integers(tokens, tokens.Length), [PastRows] = Integers(rows, rows.Length),
            ["position"] = Integers([position], 1), ["count"] = Integers([count], 1),
        };
        foreach (var name in _pasts)
            inputs[name] = past?[name.Replace("past", "present", StringComparison.Ordinal)] ?? Empty(name, rows.Length);
        var outputs = Named(_outputs, _decoder.Run(Plainly, inputs.Keys, inputs.Values, _outputs));
        // Caches of the step before are inputs, too.
        var own = inputs.Where(i => !encoded.ContainsKey(i.Key)).Select(i => i.Value);
        foreach (var value in own.Union(past is null ? [] : past.Values)) value.Dispose();
        return outputs;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    // Keys or values of no position yet: [rows, h, 0, Q/h].
    private OrtValue Empty(string name, int rows) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance,
        TensorElementType.Float, [rows, .. _decoder.InputMetadata[name].Dimensions.Skip(1).Select(d => d < 0 ? 0L : d)]);

    private static OrtValue Integers(long[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);

    private static Dictionary<string, OrtValue> Named(IEnumerable<string> names, IEnumerable<OrtValue> values) =>
        names.Zip(values).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal);
}
