using HsNas.Predictors.Prompting;

namespace HsNas.Shared.Tests.Prompting;

public class AnswerParserTests
{
    [Theory]
    [InlineData("25.1", 25.1)]
    [InlineData(" 25.10\n", 25.1)]
    [InlineData("BLEU: 25.1.", 25.1)]
    [InlineData("bleu = 25.1", 25.1)]
    [InlineData("**25.1**", 25.1)]
    [InlineData("**BLEU:** 25.1", 25.1)]
    [InlineData("The predicted BLEU score is approximately 24.83.", 24.83)]
    [InlineData("25", 25)]
    [InlineData("25, judging by the 10 examples", 25)]
    [InlineData("25.1 (between architectures 3 and 4)", 25.1)]
    [InlineData("0", 0)]
    [InlineData("100.00", 100)]
    [InlineData("~ 25.1", 25.1)]
    public void A_number_up_front_is_read(string reply, double value)
    {
        Assert.Equal(new ParsedAnswer(value, null), AnswerParser.Parse(reply));
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("   ")]
    [InlineData("n/a")]
    [InlineData("nan")]
    [InlineData("250")]
    [InlineData("-3")]
    [InlineData("100.01")]
    [InlineData("25,1")]
    [InlineData("25.1.3")]
    [InlineData("1e1")]
    [InlineData("24.5-25.5")]
    [InlineData("24.5 to 25.5")]
    [InlineData("25.1 ± 0.3")]
    [InlineData("25th")]
    [InlineData("With 6 layers I would say 25.1")]
    [InlineData("I need more than 10 examples to tell.")]
    [InlineData("GFLOPS: 3.1\nBLEU: 25.1")]
    public void Anything_else_is_refused_with_a_reason(string? reply)
    {
        var answer = AnswerParser.Parse(reply);
        Assert.Null(answer.Value);
        Assert.False(string.IsNullOrWhiteSpace(answer.Reason));
    }
}
