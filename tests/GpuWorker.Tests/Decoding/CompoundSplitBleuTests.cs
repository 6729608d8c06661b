using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Decoding;

/// <summary>Expected scores are worked out by hand; n/m below is matches over n-grams.</summary>
public sealed class CompoundSplitBleuTests
{
    [Theory]
    [InlineData("x-ray", "x ##AT##-##AT## ray")]
    [InlineData("a well-known e-mail address.", "a well ##AT##-##AT## known e ##AT##-##AT## mail address .")]
    [InlineData("a-b-c", "a ##AT##-##AT## b ##AT##-##AT## c")]
    [InlineData("one - two -three four-", "one - two -three four-")]
    public void A_compound_becomes_three_tokens(string line, string expected) =>
        Assert.Equal(expected.Split(' '), CompoundSplitTokenizer.Tokenize(line));

    [Fact]
    public void BLEU_is_a_hundred_when_hypothesis_and_reference_are_equal() =>
        Assert.Equal(100, Score("the well-known x-ray works", "the well-known x-ray works"), 9);

    // the x @ ray works well / the x @ ray works fine: 5/6, 4/5, 3/4, 2/3; equal lengths.
    [Fact]
    public void BLEU_is_the_product_of_precisions_when_half_of_the_words_match() =>
        Assert.Equal(100 * Math.Pow(5.0 / 6 * 4 / 5 * 3 / 4 * 2 / 3, 0.25), Score("the x-ray works well", "the x-ray works fine"), 9);

    // a b @ c d: 5 tokens, all n-grams match; the reference a b @ c d e f has 7: exp(1 - 7/5).
    [Fact]
    public void A_hypothesis_pays_the_brevity_penalty_when_it_is_short() =>
        Assert.Equal(100 * Math.Exp(1 - (7 / 5.0)), Score("a b-c d", "a b-c d e f"), 9);

    // No 4-gram matches: without smoothing the score is 0, however many words do.
    [Fact]
    public void BLEU_is_zero_when_no_four_words_match_in_a_row() => Assert.Equal(0, Score("a b c x e f g", "a b c d e f g"), 9);

    // The reference's unknown symbol equals the hypothesis', yet does not match: 4/5, 3/4, 2/3, 1/2.
    [Fact]
    public void An_unknown_word_of_the_reference_never_matches() =>
        Assert.Equal(100 * Math.Pow(4.0 / 5 * 3 / 4 * 2 / 3 * 1 / 2, 0.25), Score("a b c d \uFFFD", "a b c d \uFFFD"), 9);

    private static double Score(string hypothesis, string reference) =>
        Bleu.Score([CompoundSplitTokenizer.Tokenize(hypothesis)], [CompoundSplitTokenizer.TokenizeReference(reference)]);
}
