using FsCheck.Fluent;
using HsNas.Shared.Tests.Support;
using HsNas.Translation;

namespace HsNas.Shared.Tests.Properties;

public class TranslationProperties
{
    // Learned from text of the same kind, so that every character is known.
    private static readonly BytePairVocabulary Vocabulary =
        BytePairTrainer.Train([.. Enumerable.Repeat("ab bab abba aé éa e\u0301 a𝔘 漢漢 7 12 127 E.E 'a' a-b -é", 20)], 36);

    [Fact]
    public void A_text_is_decoded_as_it_was_with_white_space_folded() =>
        Always.Holds(Generators.Texts, text => Vocabulary.Decode(Vocabulary.Encode(text)) == Folded(text));

    [Fact]
    public void Words_are_encoded_one_by_one() =>
        Always.Holds(Generators.Texts.Two(), t =>
            Vocabulary.Encode($"{t.Item1} {t.Item2}").SequenceEqual([.. Vocabulary.Encode(t.Item1), .. Vocabulary.Encode(t.Item2)]));

    [Fact]
    public void Bleu_lies_in_its_range_and_smoothing_never_lowers_it() =>
        Always.Holds(Corpora(), corpus =>
        {
            var plain = Bleu.Score(corpus.Hypotheses, corpus.References);
            var smooth = Bleu.Score(corpus.Hypotheses, corpus.References, smooth: true);
            return plain is >= 0 and <= 100.0000001 && smooth <= 100.0000001 && smooth >= plain;
        });

    [Fact]
    public void Bleu_of_a_corpus_against_itself_is_100_where_it_has_four_words_in_a_row() =>
        Always.Holds(Corpora(), corpus =>
            Math.Abs(Bleu.Score(corpus.References, corpus.References) - (corpus.References.Any(r => r.Length >= 4) ? 100 : 0)) < 1e-9);

    [Fact]
    public void A_foreign_word_more_in_each_sentence_costs_bleu() =>
        Always.Holds(Corpora(), corpus =>
        {
            var longer = Bleu.Score([.. corpus.References.Select(r => (string[])[.. r, "foreign"])], corpus.References);
            return longer < 100 - 1e-9 && longer >= 0;
        });

    [Fact]
    public void Bleu_does_not_depend_on_the_order_of_sentences() =>
        Always.Holds(Corpora(), corpus =>
            Bleu.Score(corpus.Hypotheses, corpus.References).Equals(
                Bleu.Score([.. corpus.Hypotheses.Reverse()], [.. corpus.References.Reverse()])));

    private static string Folded(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static FsCheck.Gen<(string[][] Hypotheses, string[][] References)> Corpora() =>
        Generators.Sentences.Two().ListOf().Select(pairs => (pairs.Select(p => p.Item1).ToArray(), pairs.Select(p => p.Item2).ToArray()));
}
