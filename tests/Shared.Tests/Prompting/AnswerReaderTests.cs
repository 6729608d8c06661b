using System.Globalization;
using HsNas.Predictors.Prompting;

namespace HsNas.Shared.Tests.Prompting;

public class AnswerReaderTests
{
    [Theory]
    [InlineData("1: 25.31\n2: 24.10\n3: 23.00", "25.31 24.1 23")]
    [InlineData("3: 23.00\r\n1: 25.31\r\n2: 24.10\r\n", "25.31 24.1 23")]
    [InlineData("Here they are:\n1. 25.31\n2) 24.10\n**Architecture 3:** 23.00", "25.31 24.1 23")]
    [InlineData("1: 25.31\n3: 23.00", "25.31 - 23")]
    [InlineData("1: 25.31\n2: about twenty\n3: 123.00", "25.31 - -")]
    [InlineData("1: 25.31\n1: 26.00\n2: 24.10\n4: 9.00", "- 24.1 -")]
    [InlineData("1: 20-30\n2: 24,10\n3: -1", "- - -")]
    [InlineData("25.31\n24.10\n23.00", "- - -")]
    [InlineData("", "- - -")]
    [InlineData(null, "- - -")]
    public void Lines_are_read_by_number_each_for_itself(string? reply, string expected) =>
        Check(expected, AnswerReader.Read(reply, 3, AnswerForm.Text));

    [Theory]
    [InlineData(
        """{"predictions":[{"architecture":2,"bleu":24.1},{"architecture":1,"bleu":25},{"architecture":3,"bleu":0}]}""", "25 24.1 0")]
    [InlineData("""{"predictions":[{"architecture":1,"bleu":25.31},{"architecture":3,"bleu":"23"}]}""", "25.31 - -")]
    [InlineData(
        """{"predictions":[{"architecture":1,"bleu":100.01},{"architecture":2,"bleu":-0.01},{"architecture":"""
        + """3,"bleu":1e999}]}""", "- - -")]
    [InlineData("""{"predictions":[{"architecture":1,"bleu":25},{"architecture":1,"bleu":25}]}""", "- - -")]
    [InlineData("""{"predictions":[1,null,{"bleu":3},{"architecture":9,"bleu":3},{"architecture":1.5,"bleu":3}]}""", "- - -")]
    [InlineData("""{"predictions":{}}""", "- - -")]
    [InlineData("""[]""", "- - -")]
    [InlineData("""{"predictions":[{"architecture":1,"bl""", "- - -")]
    public void Schema_answers_are_read_by_number_and_bounded_here(string reply, string expected) =>
        Check(expected, AnswerReader.Read(reply, 3, AnswerForm.Schema));

    [Fact]
    public void A_single_answer_as_text_is_the_papers_form() =>
        Assert.Equal(25.31, AnswerReader.Read("BLEU: 25.31", 1, AnswerForm.Text)[0].Value);

    private static void Check(string expected, IReadOnlyList<ParsedAnswer> answers)
    {
        Assert.Equal(expected, string.Join(' ', answers.Select(a => a.Value?.ToString(CultureInfo.InvariantCulture) ?? "-")));
        Assert.All(answers, a => Assert.Equal(a.Value is null, a.Reason is not null));
    }
}
