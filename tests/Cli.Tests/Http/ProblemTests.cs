using HsNas.Client;

namespace HsNas.Cli.Tests.Http;

public class ProblemTests
{
    [Fact]
    public void Every_message_of_every_field_gets_a_line()
    {
        var problem = Problem.Parse(400, """
            {"type":"about:blank","title":"The request is not valid.","status":400,
             "errors":{"task":["must be one of a, b."],
             "limits.latencyMs":["must be a number above 0, or null, not \"x\".","is given twice."]}}
            """);

        Assert.Equal(
            ["The request is not valid.", "  task: must be one of a, b.",
                "  limits.latencyMs: must be a number above 0, or null, not \"x\".", "  limits.latencyMs: is given twice."],
            problem.Lines());
    }

    [Theory]
    [InlineData("<html>gateway</html>", "HTTP 413: <html>gateway</html>")]
    [InlineData("", "HTTP 413: no explanation")]
    [InlineData("{}", "HTTP 413: {}")]
    [InlineData("null", "HTTP 413: null")]
    [InlineData("{\"detail\":\"Too large.\"}", "Too large.")]
    public void Whatever_comes_is_said(string body, string expected) => Assert.Equal([expected], Problem.Parse(413, body).Lines());

    [Fact]
    public void A_long_page_is_cut() => Assert.True(Problem.Parse(400, new string('x', 10_000)).Lines().Single().Length < 600);
}
