using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

public sealed class HttpTriggerTests
{
    [Theory]
    [InlineData("GET", "/api/action/5", HttpStatusCode.OK, """{"doubled":10}""")]
    [InlineData("GET", "/api/action/five", HttpStatusCode.NotFound, "")]
    [InlineData("POST", "/api/action/5", HttpStatusCode.NotFound, "")]
    [InlineData("GET", "/api/Plain", HttpStatusCode.Accepted, "plain")]
    [InlineData("DELETE", "/api/plain", HttpStatusCode.Accepted, "plain")]
    [InlineData("GET", "/api/Data", HttpStatusCode.Created, "data")]
    [InlineData("GET", "/api/optional", HttpStatusCode.OK, "none")]
    [InlineData("GET", "/api/optional/here", HttpStatusCode.OK, "here")]
    [InlineData("GET", "/api/Poco", HttpStatusCode.OK, "")]
    [InlineData("GET", "/api/Throws", HttpStatusCode.InternalServerError, "")]
    [InlineData("GET", "/api/nothing", HttpStatusCode.NotFound, "")]
    public async Task Functions_answer_on_their_routes_and_methods_with_their_results(
        string method, string path, HttpStatusCode status, string body)
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)]);

        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(status, response.StatusCode);
        Assert.Equal(body, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Constructor_services_are_scoped_to_the_invocation_and_middleware_wraps_it()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)], builder =>
        {
            builder.Services.AddScoped<Scoped>();
            builder.UseMiddleware(async (context, next) =>
            {
                context.Items["greeting"] = "hello";
                await next();
                context.GetHttpContext()?.Response.Headers.Append("x-function", context.FunctionDefinition.Name);
            });
        });

        using var first = await host.Http.GetAsync("/api/scoped");
        using var second = await host.Http.GetAsync("/api/scoped");

        Assert.Equal("Scoped", first.Headers.GetValues("x-function").Single());
        Assert.StartsWith("hello ", await first.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.NotEqual(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/api/guarded", null, HttpStatusCode.Unauthorized)]
    [InlineData("/api/guarded", "wrong", HttpStatusCode.Unauthorized)]
    [InlineData("/api/guarded", "secret", HttpStatusCode.OK)]
    [InlineData("/api/guarded", "boss", HttpStatusCode.OK)]
    [InlineData("/api/admin", "secret", HttpStatusCode.Unauthorized)]
    [InlineData("/api/admin", "boss", HttpStatusCode.OK)]
    [InlineData("/api/plain", null, HttpStatusCode.Accepted)]
    [InlineData("/api/guarded", "own", HttpStatusCode.OK)]
    [InlineData("/api/second", "own", HttpStatusCode.Unauthorized)]
    [InlineData("/api/second", "secret", HttpStatusCode.OK)]
    [InlineData("/api/admin", "own", HttpStatusCode.Unauthorized)]
    [InlineData("/api/guarded", "system", HttpStatusCode.Unauthorized)]
    [InlineData("/runtime/webhooks/durabletask/instances", null, HttpStatusCode.Unauthorized)]
    [InlineData("/runtime/webhooks/durabletask/instances", "secret", HttpStatusCode.Unauthorized)]
    [InlineData("/runtime/webhooks/durabletask/instances", "own", HttpStatusCode.Unauthorized)]
    [InlineData("/runtime/webhooks/durabletask/instances", "system", HttpStatusCode.OK)]
    [InlineData("/runtime/webhooks/durabletask/instances", "boss", HttpStatusCode.OK)]
    public async Task Keys_admit_by_header_or_query(string path, string? key, HttpStatusCode expected)
    {
        await using var host = await HostUnderTest.StartAsync(
            [typeof(Web)], settings: new()
            {
                ["FunctionKeys:default"] = "secret",
                ["FunctionKeys:Guarded:reader"] = "own",
                ["FunctionKeys:master"] = "boss",
                ["SystemKeys:durabletask_extension"] = "system",
            });

        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (key is not null)
        {
            request.Headers.Add("x-functions-key", key);
        }

        using var byHeader = await host.Http.SendAsync(request);
        using var byQuery = await host.Http.GetAsync(key is null ? path : $"{path}?code={key}");

        Assert.Equal(expected, byHeader.StatusCode);
        Assert.Equal(expected, byQuery.StatusCode);
    }

    [Fact]
    public async Task Addresses_of_the_durable_interface_carry_its_key()
    {
        await using var host =
            await HostUnderTest.StartAsync([typeof(Web)], settings: new() { ["SystemKeys:durabletask_extension"] = "a/b" });

        using var closed = await host.Http.PostAsync("/runtime/webhooks/durabletask/orchestrators/Nothing", null);
        using var opened = await host.Http.PostAsync("/runtime/webhooks/durabletask/orchestrators/Nothing?code=a%2Fb", null);

        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, opened.StatusCode);
        Assert.Contains("code=a%2Fb", opened.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.Contains("code=a%2Fb", await host.Http.GetStringAsync("/api/payload?code=a%2Fb"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trigger_checks_nothing_when_there_are_no_keys()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)]);
        using var response = await host.Http.GetAsync("/api/admin");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task The_route_prefix_comes_from_the_host_settings()
    {
        await using var host = await HostUnderTest.StartAsync(
            [typeof(Web)], settings: new() { ["AzureFunctionsJobHost:extensions:http:routePrefix"] = "" });
        using var response = await host.Http.GetAsync("/plain");
        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
    }

    [Fact]
    public async Task The_check_status_response_is_202_with_location_and_pascal_case_urls()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)]);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/starter");
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-Host", "outside.example");
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        var id = body.RootElement.GetProperty("Id").GetString();
        Assert.StartsWith($"https://outside.example/runtime/webhooks/durabletask/instances/{id}?", response.Headers.Location!.ToString(),
            StringComparison.Ordinal);
        Assert.Contains("reason={{text}}", body.RootElement.GetProperty("TerminatePostUri").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Null, body.RootElement.GetProperty("RewindPostUri").ValueKind);
    }

    [Fact]
    public async Task The_synchronous_check_status_response_fails_as_kestrel_forbids_synchronous_writes()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)]);
        using var response = await host.Http.PostAsync("/api/syncstarter", null);
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
    }

    [Fact]
    public async Task A_management_payload_without_a_request_points_to_this_host()
    {
        await using var host = await HostUnderTest.StartAsync([typeof(Web)]);
        var payload = await host.Http.GetStringAsync("/api/payload");
        Assert.StartsWith($"{host.Http.BaseAddress}runtime/webhooks/durabletask/instances/abc?", payload, StringComparison.Ordinal);
    }

    internal sealed class Scoped
    {
        public Guid Id { get; } = Guid.NewGuid();
    }

    internal sealed class Web(IServiceProvider services)
    {
        [Function("Action")]
        public IActionResult Action(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "action/{n:int}")] HttpRequest request, int n) =>
            new OkObjectResult(new { Doubled = n * 2 });

        [Function("Plain")]
        public static IResult Plain([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            Results.Text("plain", statusCode: 202);

        [Function("Data")]
        public async Task<HttpResponseData> Data([HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequestData request)
        {
            var response = request.CreateResponse(HttpStatusCode.Created);
            await response.WriteStringAsync("data");
            return response;
        }

        [Function("Optional")]
        public IActionResult Optional(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "optional/{word?}")] HttpRequest request, string? word) =>
            new ContentResult { Content = word ?? "none" };

        [Function("Poco")]
        public object Poco([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => new { Ignored = true };

        [Function("Throws")]
        public IActionResult Throws([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) =>
            throw new InvalidOperationException("no");

        [Function("Scoped")]
        public IActionResult UsesScope([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, FunctionContext context) =>
            new ContentResult { Content = $"{context.Items["greeting"]} {services.GetRequiredService<Scoped>().Id}" };

        [Function("Guarded")]
        public IActionResult Guarded([HttpTrigger] HttpRequest request) => new OkResult();

        [Function("Second")]
        public IActionResult Second([HttpTrigger] HttpRequest request) => new OkResult();

        [Function("Admin")]
        public IActionResult Admin([HttpTrigger(AuthorizationLevel.Admin)] HttpRequest request) => new OkResult();

        [Function("Starter")]
        public async Task<HttpResponseData> Starter(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
            await client.CreateCheckStatusResponseAsync(request, await client.ScheduleNewOrchestrationInstanceAsync("Nothing"));

        [Function("SyncStarter")]
        public HttpResponseData SyncStarter(
            [HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequestData request, [DurableClient] DurableTaskClient client) =>
            client.CreateCheckStatusResponse(request, "abc");

        [Function("Payload")]
        public IActionResult Payload(
            [HttpTrigger(AuthorizationLevel.Anonymous, "get")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
            new ContentResult { Content = client.CreateHttpManagementPayload("abc").StatusQueryGetUri };

        [Function("Nothing")]
        public static Task Nothing([OrchestrationTrigger] TaskOrchestrationContext context) => Task.CompletedTask;
    }
}
