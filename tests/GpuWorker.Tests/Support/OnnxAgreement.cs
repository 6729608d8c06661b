using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Translation;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>How far exported graphs are from the worker's model: largest absolute differences.</summary>
/// <param name="Memory">Of all keys and values that the decoder reads of the encoder.</param>
/// <param name="Logits">Of all logits.</param>
/// <param name="Scores">Of the best continuations' log probabilities and of the end mark's.</param>
internal sealed record OnnxAgreement(double Memory, double Logits, double Scores)
{
    private const int Beam = 3;
    private const int Count = 2 * Beam;

    /// <summary>
    /// Encodes padded sentences and decodes some positions of made-up tokens, three rows a sentence, which change places after every
    /// position.
    /// </summary>
    public static OnnxAgreement Of(
        SuperTransformer model, Architecture architecture, string folder, IReadOnlyList<int[]> sources, int positions)
    {
        using var graphs = new OnnxGraphs(folder, threads: 1, isChecked: true);
        using var quiet = no_grad();
        using var scope = NewDisposeScope();
        var source = Padded(sources);                                                                          // [B, S]
        var encoded = graphs.Encode(source.data<long>().ToArray(), sources.Count);
        var encoding = model.Encode(architecture, source, padded: true);
        var memory = Memories(model.StartCache(architecture, encoding), encoded);

        var repeated = Enumerable.Range(0, sources.Count * Beam).Select(i => (long)(i / Beam)).ToArray();
        var places = Places(repeated);
        var caches = model.StartCache(architecture, new EncoderOutput(
            [.. encoding.Layers.Select(l => l.index_select(0, places))], encoding.Padding!.index_select(0, places)));
        var random = SeededRandom.For(1, 0, "tokens");
        Dictionary<string, OrtValue>? past = null;
        var rows = Enumerable.Range(0, repeated.Length).Select(i => (long)i).ToArray();
        var (logits, scores) = (0d, 0d);
        for (var position = 0; position < positions; position++)
        {
            var tokens = rows.Select(_ => (long)random.Next(model.Shape.Vocabulary)).ToArray();
            past = graphs.Step(encoded, past, tokens, rows, position, Count);
            var features = model.Step(architecture, caches, tensor(tokens, new long[] { tokens.Length, 1 }), position);
            var expected = model.Logits(features).select(1, 0);                                                // [R, V]
            logits = Math.Max(logits, Largest(expected, past["logits"]));
            var probabilities = expected.log_softmax(-1);                                                      // [R, V]
            scores = Math.Max(scores, Largest(probabilities.topk(Count, -1).values, past["best_scores"]));
            scores = Math.Max(scores, Largest(probabilities.narrow(1, BytePairVocabulary.End, 1), past["end_scores"]));
            // Each sentence's rows turn round by one, and the first is continued twice.
            rows = [.. rows.Select((_, i) => (long)((i / Beam * Beam) + (i % Beam == 0 ? 0 : (i + 1) % Beam)))];
            foreach (var cache in caches) cache.Reorder(Places(rows), memoryToo: false);
        }

        foreach (var value in encoded.Values.Concat(past!.Values)) value.Dispose();
        return new OnnxAgreement(memory, logits, scores);
    }

    private static double Memories(IReadOnlyList<LayerCache> caches, Dictionary<string, OrtValue> encoded) =>
        caches.Select((cache, j) => Math.Max(
            Largest(cache.MemoryKey.transpose(2, 3), encoded[$"memory_key_{j}"]),
            Largest(cache.MemoryValue, encoded[$"memory_value_{j}"]))).Max();

    private static double Largest(Tensor expected, OrtValue actual)
    {
        var shape = actual.GetTensorTypeAndShape().Shape;
        if (!expected.shape.SequenceEqual(shape))
            throw new InvalidOperationException($"[{string.Join(", ", shape)}] instead of [{string.Join(", ", expected.shape)}].");
        var values = expected.contiguous().data<float>().ToArray();
        var found = actual.GetTensorDataAsSpan<float>();
        var largest = 0d;
        // Not Math.Max: it would pass a NaN on only from one side.
        for (var i = 0; i < values.Length; i++)
            if (!(Math.Abs(values[i] - found[i]) <= largest)) largest = Math.Abs((double)values[i] - found[i]);
        return largest;
    }

    private static Tensor Padded(IReadOnlyList<int[]> sources)
    {
        var length = sources.Max(s => s.Length) + 1;
        var ids = sources.SelectMany(s => s.Append(BytePairVocabulary.End)
            .Concat(Enumerable.Repeat(BytePairVocabulary.Padding, length - 1 - s.Length)));
        return tensor(ids.Select(i => (long)i).ToArray(), new long[] { sources.Count, length });
    }

    private static Tensor Places(long[] rows) => tensor(rows, new long[] { rows.Length });
}
