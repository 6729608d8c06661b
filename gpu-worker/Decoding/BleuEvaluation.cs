using HsNas.GpuWorker.Supernets;
using HsNas.Shared.Architectures;
using HsNas.Shared.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Decoding;

/// <summary>Translates a corpus part and scores it.</summary>
internal static class BleuEvaluation
{
    private const int SentencesPerBatch = 64;

    /// <summary>
    /// Corpus BLEU on SacreBLEU's 13a tokens of detokenised text (our subwords are lossless), with exponential smoothing.
    /// </summary>
    public static double Score(
        SuperTransformer model, Architecture architecture, EncodedCorpus corpus, IReadOnlyList<string> references,
        BytePairVocabulary vocabulary, Device device, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var search = new BeamSearch(model, architecture, new BeamOptions(), device);
        var hypotheses = new string[corpus.Count];
        var done = 0;
        // Sentences of equal length side by side waste no steps on each other.
        var order = Enumerable.Range(0, corpus.Count).OrderBy(i => corpus.Sources[i].Length).ThenBy(i => i);
        foreach (var rows in order.Chunk(SentencesPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var translations = search.Translate([.. rows.Select(r => corpus.Sources[r])]);
            for (var i = 0; i < rows.Length; i++) hypotheses[rows[i]] = vocabulary.Decode(translations[i]);
            progress?.Invoke(done += rows.Length);
        }

        return Bleu.Score([.. hypotheses.Select(Tokenizer13a.Tokenize)], [.. references.Select(Tokenizer13a.Tokenize)], smooth: true);
    }
}
