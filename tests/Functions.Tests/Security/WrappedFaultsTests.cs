using System.Net;
using System.Text;
using HsNas.Functions.Hosting;
using HsNas.Functions.Tests.Support;

namespace HsNas.Functions.Tests.Security;

/// <summary>The guard answers the same whether the worker wrapped what a function threw or not.</summary>
public sealed class WrappedFaultsTests
{
    [Theory]
    [InlineData("PublicStorage/1", HttpStatusCode.ServiceUnavailable, "Storage does not answer")]
    [InlineData("PublicStorage/3", HttpStatusCode.ServiceUnavailable, "Storage does not answer")]
    [InlineData("HiddenStorage/1", HttpStatusCode.ServiceUnavailable, "Storage does not answer")]
    [InlineData("HiddenStorage/3", HttpStatusCode.ServiceUnavailable, "Storage does not answer")]
    [InlineData("PublicDefect", HttpStatusCode.InternalServerError, "defect of ours")]
    [InlineData("HiddenDefect", HttpStatusCode.InternalServerError, "defect of ours")]
    public async Task Storage_that_is_gone_is_a_503_and_a_defect_a_500(string path, HttpStatusCode status, string detail)
    {
        await using var host = await OrchestrationHost.StartAsync(guarded: true);

        using var answer = await host.Http.GetAsync(new Uri($"/api/{path}", UriKind.Relative));

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(detail, await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("PublicBody")]
    [InlineData("HiddenBody")]
    public async Task A_broken_body_is_a_400(string path)
    {
        await using var host = await OrchestrationHost.StartAsync(guarded: true);
        var request = Encoding.ASCII.GetBytes(
            $"POST /api/{path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\nno length\r\n");

        var answer = await WireClient.SendAsync(host.Http.BaseAddress!, request, mayBeIncomplete: true);

        Assert.Equal(400, answer.Status);
        Assert.Contains("The body cannot be read", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unwrapped_is_an_aggregate_of_one_and_nothing_else()
    {
        var (cause, other) = (new IOException("a"), new IOException("b"));
        var several = new AggregateException(cause, other);

        Assert.Same(cause, new AggregateException(new AggregateException(cause)).Unwrapped());
        Assert.Same(several, new AggregateException(several).Unwrapped());
        Assert.IsType<InvalidOperationException>(new InvalidOperationException("outer", cause).Unwrapped());
    }

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("{ not json", "{ not json")]
    [InlineData("""{ "errorType": "System.IO.IOException", "errorMessage": "disk", "stackTrace": "at X" }""", "disk")]
    [InlineData(
        """
        { "errorType": "System.AggregateException", "errorMessage": "One or more",
          "innerFailure": { "errorType": "A", "errorMessage": "disk" } }
        """,
        "disk")]
    [InlineData("""{ "errorType": "A", "errorMessage": "outer", "innerFailure": { "errorType": "B", "errorMessage": "disk" } }""", "outer")]
    public void A_failure_written_as_json_is_told_by_its_message(string message, string expected)
    {
        Assert.Equal(expected, Failures.MessageOf(new AggregateException(new InvalidDataException(message))));
    }

    [Fact]
    public void Every_function_of_the_app_is_in_a_public_class()
    {
        var hidden = typeof(Application).Assembly.GetTypes()
            .Where(t => !t.IsVisible && t.GetMethods().Any(
                m => m.GetCustomAttributes(typeof(Microsoft.Azure.Functions.Worker.FunctionAttribute), false).Length > 0));

        Assert.Empty(hidden);
    }
}
