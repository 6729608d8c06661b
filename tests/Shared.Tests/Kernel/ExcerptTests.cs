using HsNas.Kernel.Validation;

namespace HsNas.Shared.Tests.Kernel;

public class ExcerptTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("abcd", "abcd")]
    [InlineData("abcde", "abcd...")]
    public void Text_is_whole_up_to_the_longest_and_cut_behind_it(string text, string expected) =>
        Assert.Equal(expected, Excerpt.Of(text, 4));

    [Fact]
    public void A_cut_never_leaves_half_of_a_character()
    {
        Assert.Equal("abc...", Excerpt.Of("abc😀d", 4));
        Assert.Equal("ab😀...", Excerpt.Of("ab😀d", 4));
    }

    [Fact]
    public void A_wrong_value_is_quoted_up_to_120_characters()
    {
        var error = new InvalidInputException("file", "field", new string('x', 121), "less");

        Assert.Equal(new string('x', 120) + "...", error.Value);
    }
}
