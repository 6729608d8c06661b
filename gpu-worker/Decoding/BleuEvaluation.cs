using HsNas.GpuWorker.Supernets;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Decoding;

/// <summary>Corpus BLEU of one set of translations.</summary>
/// <param name="Sacre">On SacreBLEU's 13a tokens, exponential smoothing: <see cref="Tokenizer13a.Signature"/>.</param>
/// <param name="CompoundSplit">On tokens with compounds split, no smoothing: <see cref="CompoundSplitTokenizer.Signature"/>.</param>
internal sealed record BleuScores(double Sacre, double CompoundSplit);

/// <summary>Translates a corpus part and scores it.</summary>
internal static class BleuEvaluation
{
    private const int SentencesPerBatch = 64;

    /// <summary>
    /// Translates <paramref name="corpus"/> by beam search and compares with detokenised references (our subwords are lossless).
    /// </summary>
    public static BleuScores Score(
        SuperTransformer model, Architecture architecture, EncodedCorpus corpus, IReadOnlyList<string> references,
        BytePairVocabulary vocabulary, Device device, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        var search = new BeamSearch(model, architecture, new BeamOptions(), device);
        var hypotheses = new string[corpus.Count];
        var done = 0;
        // Sentences of equal length in a batch end at about the same step.
        var order = Enumerable.Range(0, corpus.Count).OrderBy(i => corpus.Sources[i].Length).ThenBy(i => i);
        foreach (var rows in order.Chunk(SentencesPerBatch))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var translations = search.Translate([.. rows.Select(r => corpus.Sources[r])]);
            for (var i = 0; i < rows.Length; i++) hypotheses[rows[i]] = vocabulary.Decode(translations[i]);
            progress?.Invoke(done += rows.Length);
        }

        return new BleuScores(
            Bleu.Score([.. hypotheses.Select(Tokenizer13a.Tokenize)], [.. references.Select(Tokenizer13a.Tokenize)], smooth: true),
            Bleu.Score(
                [.. hypotheses.Select(CompoundSplitTokenizer.Tokenize)], [.. references.Select(CompoundSplitTokenizer.TokenizeReference)]));
    }
}
