using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Decoding;

/// <summary>
/// Incremental beam search. Each step considers 2 * beam continuations a sentence. A continuation that ends is finished if it
/// is among the best beam of them. A sentence stops once beam hypotheses are finished; the best normalised score wins.
/// </summary>
internal sealed class BeamSearch(SuperTransformer model, Architecture architecture, BeamOptions options, Device device)
{
    /// <summary>Translates one batch of source sentences (ids without end marks); results have no end marks.</summary>
    public IReadOnlyList<int[]> Translate(IReadOnlyList<int[]> sources)
    {
        model.eval();
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        var beam = options.Beam;
        var (source, padded) = Pad(sources);
        var caches = model.StartCache(architecture, Repeat(model.Encode(architecture, source, padded))); // rows B * beam
        var sentences = sources.Select(s => new BeamState(beam, options)).ToArray();
        var active = Enumerable.Range(0, sources.Count).ToList();
        var limit = Math.Min(options.MaxLength, SuperTransformer.MaxLength);
        for (var position = 0; active.Count > 0; position++)
        {
            using var step = NewDisposeScope();
            var inputs =
                tensor(active.SelectMany(s => sentences[s].LastTokens).ToArray(), new long[] { active.Count * beam, 1 }).to(device);
            var features = model.Step(architecture, caches, inputs, position);                // [A*beam, 1, d_d]
            var logProbabilities = model.Logits(features).select(1, 0).log_softmax(-1);       // [A*beam, V]
            var last = position + 1 >= limit;
            if (last) logProbabilities = logProbabilities.AddInPlace(EndOnly(logProbabilities));   // [A*beam, V]
            var previous = tensor(active.SelectMany(s => sentences[s].Scores).ToArray(), new long[] { active.Count * beam, 1 }).to(device);
            var vocabulary = logProbabilities.size(1);
            var totals = logProbabilities.AddInPlace(previous).view(active.Count, beam * vocabulary); // [A, beam*V]
            var (scores, picks) = totals.topk(2 * beam, 1);                                   // [A, 2*beam]
            var scoreValues = scores.cpu().contiguous().data<float>().ToArray();
            var pickValues = picks.cpu().contiguous().data<long>().ToArray();

            var rows = new List<long>();
            var stillActive = new List<int>();
            for (var a = 0; a < active.Count; a++)
            {
                var sentence = sentences[active[a]];
                var range = a * 2 * beam;
                sentence.Advance(scoreValues.AsSpan(range, 2 * beam), pickValues.AsSpan(range, 2 * beam), vocabulary, last);
                if (sentence.Done) continue;
                stillActive.Add(active[a]);
                rows.AddRange(sentence.Parents.Select(p => (long)((a * beam) + p)));
            }

            var shrunk = stillActive.Count < active.Count;
            active = stillActive;
            if (active.Count == 0) break;
            var order = tensor(rows.ToArray(), new long[] { rows.Count }).to(device);
            foreach (var cache in caches)
            {
                cache.Reorder(order, memoryToo: shrunk);
                scope.Attach(cache.Tensors());
            }
        }

        return [.. sentences.Select(s => s.Best())];
    }

    private EncoderOutput Repeat(EncoderOutput encoded)
    {
        var count = (int)encoded.Layers[0].shape[0] * options.Beam;
        var rows = tensor([.. Enumerable.Range(0, count).Select(i => (long)(i / options.Beam))], new long[] { count }).to(device);
        return new EncoderOutput([.. encoded.Layers.Select(l => l.index_select(0, rows))], encoded.Padding?.index_select(0, rows));
    }

    // [V]: 0 for the end mark, -inf for all else, so that every hypothesis ends here at its true probability.
    private static Tensor EndOnly(Tensor logProbabilities)
    {
        var mask = NumberOperations.Filled([logProbabilities.size(1)], float.NegativeInfinity, logProbabilities);
        mask[BytePairVocabulary.End] = tensor(0f, device: logProbabilities.device);
        return mask;
    }

    private (Tensor Source, bool Padded) Pad(IReadOnlyList<int[]> sources)
    {
        var length = sources.Max(s => s.Length) + 1;
        var values = new long[sources.Count * length];
        Array.Fill(values, BytePairVocabulary.Padding);
        for (var b = 0; b < sources.Count; b++)
        {
            for (var i = 0; i < sources[b].Length; i++) values[(b * length) + i] = sources[b][i];
            values[(b * length) + sources[b].Length] = BytePairVocabulary.End;
        }

        return (tensor(values, new long[] { sources.Count, length }).to(device), sources.Any(s => s.Length + 1 < length));
    }
}
