using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Decoding;

public sealed class BeamSearchTests
{
    private const int MaxLength = 3;

    [Fact]
    public void A_beam_finds_what_exhaustive_search_finds_when_it_is_wider_than_the_space()
    {
        using var model = Weights.RandomModel(11);
        foreach (var architecture in ToyTask.Architectures(5))
        {
            int[][] sources = [[5, 6], [9, 8, 7, 4], [10]];
            var found = new BeamSearch(model, architecture, new BeamOptions(Beam: 100, MaxLength: MaxLength), CPU).Translate(sources);
            for (var i = 0; i < sources.Length; i++) Assert.Equal(Exhaustive(model, architecture, sources[i]), found[i]);
        }
    }

    [Fact]
    public void A_sentence_is_translated_the_same_way_when_it_is_in_a_batch()
    {
        using var model = Weights.RandomModel(12);
        var architecture = ToyTask.Architectures(1).First();
        var search = new BeamSearch(model, architecture, new BeamOptions(MaxLength: 12), CPU);
        var sources = ToyTask.Corpus(12, 6).Sources;
        var together = search.Translate(sources);
        for (var i = 0; i < sources.Count; i++) Assert.Equal(search.Translate([sources[i]])[0], together[i]);
    }

    private static int[] Exhaustive(SuperTransformer model, Architecture architecture, int[] source)
    {
        var (best, bestScore) = (Array.Empty<int>(), double.NegativeInfinity);
        var words = Enumerable.Range(BytePairVocabulary.Unknown, ToyTask.Vocabulary - BytePairVocabulary.Unknown).ToArray();
        IEnumerable<int[]> level = [[]];
        for (var length = 0; length < MaxLength; length++)
        {
            foreach (var words1 in level)
            {
                var score = LogProbability(model, architecture, source, words1) / Math.Pow(words1.Length + 1, 0.6);
                if (score > bestScore) (best, bestScore) = (words1, score);
            }

            level = [.. level.SelectMany(prefix => words.Select(w => (int[])[.. prefix, w]))];
        }

        return best;
    }

    private static double LogProbability(SuperTransformer model, Architecture architecture, int[] source, int[] target)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        long[] ids = [.. source.Select(s => (long)s), BytePairVocabulary.End];
        long[] inputs = [BytePairVocabulary.End, .. target.Select(t => (long)t)];
        var encoded = model.Encode(architecture, tensor(ids, new long[] { 1, ids.Length }), padded: false);
        var logits = model.Logits(model.Decode(architecture, encoded, tensor(inputs, new long[] { 1, inputs.Length })));
        var values = logits.log_softmax(-1).view(-1).data<float>().ToArray();
        int[] gold = [.. target, BytePairVocabulary.End];
        return gold.Select((g, t) => (double)values[(t * ToyTask.Vocabulary) + g]).Sum();
    }
}
