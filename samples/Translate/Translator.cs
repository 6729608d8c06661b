using System.Text.Json;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace OnnxTranslate;

/// <summary>Translates with an ONNX model's folder.</summary>
internal sealed class Translator : IDisposable
{
    private static readonly RunOptions Plainly = new();
    private readonly Generation _settings;
    private readonly Subwords _subwords;
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _decoder;
    private readonly string[] _past;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <summary>Loads a folder; <paramref name="beam"/> 1 is greedy, null what the model's settings say.</summary>
    /// <exception cref="InvalidDataException">A file is missing or damaged; the message names it.</exception>
    public Translator(string folder, int? beam = null, int threads = 1)
    {
        _settings = Read("generation.json", p => JsonSerializer.Deserialize<Generation>(File.ReadAllText(p), JsonSerializerOptions.Web)!);
        if (beam is not null) _settings = _settings with { Beam = beam.Value };
        _subwords = Read("vocabulary.json", p => new Subwords(File.ReadAllText(p)));
        // Shapes grow with every position, so memory plans for the shapes of the last step are no use.
        using var options = new SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1, EnableMemoryPattern = false };
        Read("model.onnx.data", p => new FileInfo(p).Length);
        _encoder = Read("encoder.onnx", p => new InferenceSession(p, options));
        _decoder = Read("decoder.onnx", p => new InferenceSession(p, options));
        string[] present = [.. _decoder.OutputNames.Where(n => n.StartsWith("present_", StringComparison.Ordinal))];
        _past = [.. present.Select(n => n.Replace("present", "past", StringComparison.Ordinal))];
        _inputs = ["token", "position", "count", "past_rows", .. _encoder.OutputNames, .. _past];
        _outputs = ["best_scores", "best_ids", "end_scores", .. present];

        T Read<T>(string file, Func<string, T> read)
        {
            var path = Path.Combine(folder, file);
            if (!File.Exists(path)) throw new InvalidDataException($"'{folder}' is not an ONNX model: {file} is missing.");
            try { return read(path); }
            catch (Exception e) when (e is JsonException or OnnxRuntimeException or KeyNotFoundException)
            {
                throw new InvalidDataException($"{file} of '{folder}' cannot be read: {e.Message}", e);
            }
        }
    }

    /// <summary>Why a line cannot be translated; null where it can.</summary>
    public string? TooLong(string line) => _subwords.Encode(line).Length is var length && length < _settings.MaxSourceLength ? null
        : $"{length} subwords; at most {_settings.MaxSourceLength - 1} can be translated.";

    /// <summary>Translates lines as one batch; an empty line stays empty.</summary>
    public IReadOnlyList<string> Translate(IReadOnlyList<string> lines)
    {
        var sources = lines.Select(_subwords.Encode).ToArray();
        var found = new Queue<int[]>(TranslateIds([.. sources.Where(s => s.Length > 0)]));
        return [.. sources.Select(s => s.Length == 0 ? "" : _subwords.Decode(found.Dequeue()))];
    }

    /// <summary>Translates ids, without end marks, as one batch.</summary>
    public IReadOnlyList<int[]> TranslateIds(IReadOnlyList<int[]> sources)
    {
        if (sources.Count == 0) return [];
        var sentences = sources.Select(_ => new Hypotheses(_settings)).ToList();
        var active = sentences.ToList();
        using var source = Padded(sources);
        var memory = _encoder.Run(Plainly, ["source"], [source], _encoder.OutputNames).ToArray();
        OrtValue[] past = [.. _past.Select(name => Empty(name, sources.Count * _settings.Beam))];
        int[] rows = [.. Enumerable.Range(0, sources.Count * _settings.Beam)];
        for (var position = 0; active.Count > 0; position++)
        {
            var step = Step(active, rows, position, memory, past);
            var (beam, size) = (_settings.Beam, 2 * _settings.Beam * _settings.Beam);
            var scores = step[0].GetTensorDataAsSpan<float>();
            var ids = step[1].GetTensorDataAsSpan<long>();
            var ends = step[2].GetTensorDataAsSpan<float>();
            for (var a = 0; a < active.Count; a++)
                active[a].Grow(scores.Slice(a * size, size), ids.Slice(a * size, size), ends.Slice(a * beam, beam),
                    last: position + 1 >= _settings.MaxLength);
            foreach (var old in past.Concat(step[..3])) old.Dispose();
            past = step[3..];
            int[] kept = [.. Enumerable.Range(0, active.Count).Where(a => !active[a].Done)];
            rows = [.. kept.SelectMany(a => active[a].Parents.Select(p => (a * _settings.Beam) + p))];
            if (kept.Length < active.Count) memory = [.. memory.Select(m => Kept(m, kept))];
            active = [.. kept.Select(a => active[a])];
        }

        foreach (var value in memory.Concat(past)) value.Dispose();
        return [.. sentences.Select(s => s.Best)];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _encoder.Dispose();
        _decoder.Dispose();
    }

    // Scores and ids of the best continuations, scores of the end mark, then the next step's past.
    private OrtValue[] Step(
        List<Hypotheses> active, int[] rows, int position, OrtValue[] memory, OrtValue[] past)
    {
        using var token = Integers([.. active.SelectMany(a => a.Tokens)]);
        using var place = Integers([position]);
        using var count = Integers([2 * _settings.Beam]);
        using var continued = Integers([.. rows.Select(r => (long)r)]);
        return [.. _decoder.Run(Plainly, _inputs, [token, place, count, continued, .. memory, .. past], _outputs)];
    }

    private OrtValue Padded(IReadOnlyList<int[]> sources)
    {
        var length = sources.Max(s => s.Length) + 1;
        var ids = sources.SelectMany(s => s.Append(_settings.End).Concat(Enumerable.Repeat(_settings.Padding, length - 1 - s.Length)));
        return Integers([.. ids.Select(i => (long)i)], sources.Count, length);
    }

    // The past before the first step: no positions.
    private OrtValue Empty(string name, int rows) => OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance,
        TensorElementType.Float, [rows, .. _decoder.InputMetadata[name].Dimensions.Skip(1).Select(d => d < 0 ? 0L : d)]);

    // A copy with some of the sentences.
    private static OrtValue Kept(OrtValue value, int[] sentences)
    {
        var shape = value.GetTensorTypeAndShape().Shape;
        var from = value.GetTensorDataAsSpan<float>();
        var size = from.Length / (int)shape[0];
        var copy = OrtValue.CreateAllocatedTensorValue(
            OrtAllocator.DefaultInstance, TensorElementType.Float, [sentences.Length, .. shape[1..]]);
        var to = copy.GetTensorMutableDataAsSpan<float>();
        for (var i = 0; i < sentences.Length; i++) from.Slice(sentences[i] * size, size).CopyTo(to[(i * size)..]);
        value.Dispose();
        return copy;
    }

    private static OrtValue Integers(long[] values, params long[] shape) =>
        OrtValue.CreateTensorValueFromMemory(values, shape.Length > 0 ? shape : [values.Length]);
}
