using Microsoft.ML.OnnxRuntime;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>The graphs of a folder, run as they are; loading checks the types and shapes of every value in them.</summary>
internal sealed class OnnxGraphs : IDisposable
{
    private static readonly RunOptions Plainly = new();
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;

    public OnnxGraphs(string folder)
    {
        using var options = new SessionOptions { IntraOpNumThreads = 1, EnableMemoryPattern = false };
        options.AddSessionConfigEntry("session.strict_shape_type_inference", "1");
        _encoder = new InferenceSession(Path.Combine(folder, "encoder.onnx"), options);
        _decoder = new InferenceSession(Path.Combine(folder, "decoder.onnx"), options);
    }

    /// <summary>The encoder's outputs for ids [B, S].</summary>
    public Dictionary<string, OrtValue> Encode(long[] ids, int sentences)
    {
        using var source = Integers(ids, sentences, ids.Length / sentences);
        return Named(_encoder, _encoder.Run(Plainly, ["source"], [source], _encoder.OutputNames));
    }

    /// <summary>A step's outputs; <paramref name="past"/> are those of the step before, none at first. Disposes the past.</summary>
    public Dictionary<string, OrtValue> Step(
        Dictionary<string, OrtValue> encoded, Dictionary<string, OrtValue>? past, long[] tokens, long[] rows, int position, int count)
    {
        var inputs = new Dictionary<string, OrtValue>(encoded, StringComparer.Ordinal)
        {
            ["token"] = Integers(tokens, tokens.Length), ["past_rows"] = Integers(rows, rows.Length),
            ["position"] = Integers([position], 1), ["count"] = Integers([count], 1),
        };
        foreach (var name in _decoder.InputNames.Where(n => n.StartsWith("past_", StringComparison.Ordinal) && n != "past_rows"))
            inputs[name] = past?[name.Replace("past", "present", StringComparison.Ordinal)] ?? Empty(name, rows.Length);
        var outputs = Named(_decoder, _decoder.Run(Plainly, inputs.Keys, inputs.Values, _decoder.OutputNames));
        foreach (var (name, value) in inputs) if (!encoded.ContainsKey(name)) value.Dispose();
        return outputs;
    }

    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    private OrtValue Empty(string name, int rows) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance,
        Microsoft.ML.OnnxRuntime.Tensors.TensorElementType.Float,
        [rows, .. _decoder.InputMetadata[name].Dimensions.Skip(1).Select(d => d < 0 ? 0L : d)]);

    private static OrtValue Integers(long[] values, params long[] shape) => OrtValue.CreateTensorValueFromMemory(values, shape);

    private static Dictionary<string, OrtValue> Named(InferenceSession session, IEnumerable<OrtValue> values) =>
        session.OutputNames.Zip(values).ToDictionary(v => v.First, v => v.Second, StringComparer.Ordinal);
}
