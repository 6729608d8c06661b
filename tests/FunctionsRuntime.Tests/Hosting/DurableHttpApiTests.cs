using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

public sealed class DurableHttpApiTests : IAsyncLifetime
{
    private const string Root = "/runtime/webhooks/durabletask";

    private HostUnderTest host = null!;

    public async Task InitializeAsync()
    {
        Durable.Broken = true;
        host = await HostUnderTest.StartAsync([typeof(Durable)]);
    }

    public async Task DisposeAsync() => await host.DisposeAsync();

    [Fact]
    public async Task Start_gives_202_with_the_addresses_in_order()
    {
        using var response = await PostAsync("/orchestrators/Echo/first", "\"hi\"");

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.Equal("10", response.Headers.GetValues("Retry-After").Single());
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(
            ["id", "statusQueryGetUri", "sendEventPostUri", "terminatePostUri", "purgeHistoryDeleteUri", "restartPostUri", "suspendPostUri",
            "resumePostUri"],
            body.RootElement.EnumerateObject().Select(property => property.Name));
        Assert.Equal("first", body.RootElement.GetProperty("id").GetString());
        Assert.Equal(response.Headers.Location!.ToString(), body.RootElement.GetProperty("statusQueryGetUri").GetString());
    }

    [Theory]
    [InlineData("/orchestrators/Unknown", "1")]
    [InlineData("/orchestrators/Echo", "{not json")]
    [InlineData("/instances/missing/restart", "")]
    public async Task Bad_starts_are_400(string path, string body)
    {
        using var response = await PostAsync(path, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Start_may_wait_for_the_output()
    {
        using var done = await PostAsync("/orchestrators/Echo?timeout=10&pollingInterval=1", "{\"a\":1}");
        Assert.Equal(HttpStatusCode.OK, done.StatusCode);
        Assert.Equal("""{"a":1}""", await done.Content.ReadAsStringAsync());

        using var slow = await PostAsync("/orchestrators/Wait?timeout=0.1&pollingInterval=1", "");
        Assert.Equal(HttpStatusCode.Accepted, slow.StatusCode);
    }

    [Fact]
    public async Task Status_shows_every_field_in_order()
    {
        using var start = await PostAsync("/orchestrators/Wait/w", "5");
        var running = await UntilAsync("w", HttpStatusCode.Accepted, body => body.Contains("Running", StringComparison.Ordinal));
        Assert.Equal("5", running.Headers.GetValues("Retry-After").Single());
        Assert.EndsWith("/instances/w", running.Headers.Location!.ToString(), StringComparison.Ordinal);
        await PostAsync("/instances/w/raiseEvent/go", "\"on\"");

        var done = await UntilAsync("w", HttpStatusCode.OK);
        var text = Regex.Replace(await done.Content.ReadAsStringAsync(), "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME");
        Assert.Equal(
            """{"name":"Wait","instanceId":"w","runtimeStatus":"Completed","input":5,"customStatus":{"at":"gate"},"output":"on","""
            + "\"createdTime\":\"TIME\",\"lastUpdatedTime\":\"TIME\"}",
            text);
        Assert.Contains("\"input\":null", await host.Http.GetStringAsync($"{Root}/instances/w?showInput=false"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_folds_requests_into_answers()
    {
        await PostAsync("/orchestrators/Calls/c", "3");
        await UntilAsync("c", HttpStatusCode.OK);

        using var plain = JsonDocument.Parse(await host.Http.GetStringAsync($"{Root}/instances/c?showHistory=true"));
        using var full = JsonDocument.Parse(await host.Http.GetStringAsync($"{Root}/instances/c?showHistory=true&showHistoryOutput=true"));
        var events = full.RootElement.GetProperty("historyEvents").EnumerateArray().ToList();

        Assert.Equal(
            ["ExecutionStarted", "TaskCompleted", "ExecutionCompleted"], events.Select(item => item.GetProperty("EventType").GetString()));
        Assert.Equal("Double", events[1].GetProperty("FunctionName").GetString());
        Assert.Equal(6, events[1].GetProperty("Result").GetInt32());
        Assert.Equal("Completed", events[2].GetProperty("OrchestrationStatus").GetString());
        Assert.False(plain.RootElement.GetProperty("historyEvents")[1].TryGetProperty("Result", out _));
    }

    [Fact]
    public async Task Failure_is_200_or_500_with_its_text()
    {
        await PostAsync("/orchestrators/Fails/f", "");
        var done = await UntilAsync("f", HttpStatusCode.OK);
        Assert.Contains("\"output\":\"Task 'Breaks' (#0) failed with an unhandled exception: broken\"",
            await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var strict = await host.Http.GetAsync($"{Root}/instances/f?returnInternalServerErrorOnFailure=true");
        Assert.Equal(HttpStatusCode.InternalServerError, strict.StatusCode);
    }

    [Fact]
    public async Task Unknown_instances_are_404()
    {
        foreach (var operation in new[] { "raiseEvent/x", "terminate", "suspend", "resume", "rewind" })
        {
            using var response = await PostAsync($"/instances/missing/{operation}", "1");
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }

        using var get = await host.Http.GetAsync($"{Root}/instances/missing");
        using var delete = await host.Http.DeleteAsync($"{Root}/instances/missing");
        using var other = await host.Http.GetAsync($"{Root}/nonsense");
        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound, HttpStatusCode.NotFound],
            [get.StatusCode, delete.StatusCode, other.StatusCode]);
    }

    [Fact]
    public async Task Finished_instances_are_410_to_everything_but_purge_and_restart()
    {
        await PostAsync("/orchestrators/Echo/e", "1");
        await UntilAsync("e", HttpStatusCode.OK);
        foreach (var operation in new[] { "raiseEvent/x", "terminate", "suspend", "resume", "rewind" })
        {
            using var response = await PostAsync($"/instances/e/{operation}", "1");
            Assert.Equal(HttpStatusCode.Gone, response.StatusCode);
        }
    }

    [Fact]
    public async Task Events_need_json()
    {
        await PostAsync("/orchestrators/Wait/j", "");
        using var wrongType =
            await host.Http.PostAsync($"{Root}/instances/j/raiseEvent/go", new StringContent("x", Encoding.UTF8, "text/plain"));
        using var wrongBody = await PostAsync("/instances/j/raiseEvent/go", "{nope");
        using var right = await PostAsync("/instances/j/RAISEEVENT/go", "\"yes\"");
        Assert.Equal([HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.Accepted],
            [wrongType.StatusCode, wrongBody.StatusCode, right.StatusCode]);
    }

    [Fact]
    public async Task Suspend_resume_and_terminate_are_202_and_take_effect()
    {
        await PostAsync("/orchestrators/Wait/s", "");
        await UntilAsync("s", HttpStatusCode.Accepted, body => body.Contains("Running", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/instances/s/suspend?reason=pause", "")).StatusCode);
        await UntilAsync("s", HttpStatusCode.Accepted, body => body.Contains("Suspended", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.InternalServerError, (await PostAsync("/instances/s/suspend?reason=again", "")).StatusCode);
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/instances/s/resume?reason=on", "")).StatusCode);
        await UntilAsync("s", HttpStatusCode.Accepted, body => body.Contains("Running", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.Accepted, (await PostAsync("/instances/s/terminate?reason=enough", "")).StatusCode);
        var done = await UntilAsync("s", HttpStatusCode.OK);
        Assert.Contains("\"runtimeStatus\":\"Terminated\",\"input\":null,\"customStatus\":{\"at\":\"gate\"},\"output\":\"enough\"",
            await done.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rewind_is_for_failed_instances()
    {
        await PostAsync("/orchestrators/Fails/r", "");
        await UntilAsync("r", HttpStatusCode.OK);
        await PostAsync("/orchestrators/Wait/running", "");
        using var notFailed = await PostAsync("/instances/running/rewind", "");
        Assert.Equal(HttpStatusCode.BadRequest, notFailed.StatusCode);

        Durable.Broken = false;
        using var rewound = await PostAsync("/instances/r/rewind?reason=repaired", "");
        Assert.Equal(HttpStatusCode.Accepted, rewound.StatusCode);
        await UntilAsync("r", HttpStatusCode.OK, body => body.Contains("Completed", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Restart_runs_the_same_input_under_a_new_or_the_same_id()
    {
        await PostAsync("/orchestrators/Echo/again", "7");
        await UntilAsync("again", HttpStatusCode.OK);
        using var fresh = await PostAsync("/instances/again/restart", "");
        using var body = JsonDocument.Parse(await fresh.Content.ReadAsStringAsync());
        var id = body.RootElement.GetProperty("id").GetString()!;
        Assert.NotEqual("again", id);
        await UntilAsync(id, HttpStatusCode.OK, text => text.Contains("\"output\":7", StringComparison.Ordinal));
        using var same = await PostAsync("/instances/again/restart?restartWithNewInstanceId=false", "");
        Assert.Equal(HttpStatusCode.Accepted, same.StatusCode);
        await UntilAsync("again", HttpStatusCode.OK);
    }

    [Fact]
    public async Task Listing_filters_and_pages_by_token()
    {
        foreach (var id in new[] { "p1", "p2", "p3", "q1" })
        {
            await PostAsync($"/orchestrators/Echo/{id}", "1");
            await UntilAsync(id, HttpStatusCode.OK);
        }

        using var first = await host.Http.GetAsync($"{Root}/instances?instanceIdPrefix=p&top=2&runtimeStatus=Completed,Failed");
        Assert.Equal(["p1", "p2"], await IdsAsync(first));
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}/instances?instanceIdPrefix=p&top=2");
        request.Headers.Add("x-ms-continuation-token", first.Headers.GetValues("x-ms-continuation-token").Single());
        using var second = await host.Http.SendAsync(request);
        Assert.Equal(["p3"], await IdsAsync(second));
        Assert.False(second.Headers.Contains("x-ms-continuation-token"));
        using var none = await host.Http.GetAsync($"{Root}/instances?runtimeStatus=Running");
        Assert.Empty(await IdsAsync(none));
    }

    [Fact]
    public async Task Instances_are_purged_by_id_and_by_time()
    {
        await PostAsync("/orchestrators/Echo/x1", "1");
        await PostAsync("/orchestrators/Echo/x2", "1");
        await UntilAsync("x1", HttpStatusCode.OK);
        await UntilAsync("x2", HttpStatusCode.OK);

        using var one = await host.Http.DeleteAsync($"{Root}/instances/x1");
        Assert.Equal("""{"instancesDeleted":1}""", await one.Content.ReadAsStringAsync());
        using var unbounded = await host.Http.DeleteAsync($"{Root}/instances");
        Assert.Equal(HttpStatusCode.BadRequest, unbounded.StatusCode);
        using var rest = await host.Http.DeleteAsync($"{Root}/instances?createdTimeFrom=2000-01-01T00:00:00Z&runtimeStatus=Completed");
        Assert.Equal("""{"instancesDeleted":1}""", await rest.Content.ReadAsStringAsync());
        using var nothing = await host.Http.DeleteAsync($"{Root}/instances?createdTimeFrom=2000-01-01T00:00:00Z");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    private static async Task<List<string>> IdsAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        return body.RootElement.EnumerateArray().Select(item => item.GetProperty("instanceId").GetString()!).ToList();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string json) =>
        host.Http.PostAsync(Root + path, new StringContent(json, Encoding.UTF8, "application/json"));

    private async Task<HttpResponseMessage> UntilAsync(string id, HttpStatusCode status, Func<string, bool>? reached = null)
    {
        for (var attempt = 0; attempt < 500; attempt++)
        {
            var response = await host.Http.GetAsync($"{Root}/instances/{id}");
            if (response.StatusCode == status && reached?.Invoke(await response.Content.ReadAsStringAsync()) != false)
            {
                return response;
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"{id} did not come to {status}.");
    }

    public static class Durable
    {
        internal static bool Broken { get; set; }

        [Function("Echo")]
        public static JsonElement Echo([OrchestrationTrigger] TaskOrchestrationContext context, JsonElement input) => input;

        [Function("Calls")]
        public static async Task<int> Calls([OrchestrationTrigger] TaskOrchestrationContext context, int input) =>
            await context.CallActivityAsync<int>(nameof(Double), input);

        [Function("Wait")]
        public static async Task<string> Wait([OrchestrationTrigger] TaskOrchestrationContext context)
        {
            context.SetCustomStatus(new { at = "gate" });
            return await context.WaitForExternalEvent<string>("go");
        }

        [Function("Fails")]
        public static async Task Fails([OrchestrationTrigger] TaskOrchestrationContext context) =>
            await context.CallActivityAsync(nameof(Breaks));

        [Function("Breaks")]
        public static void Breaks([ActivityTrigger] object? nothing)
        {
            if (Broken)
            {
                throw new InvalidOperationException("broken");
            }
        }

        [Function("Double")]
        public static int Double([ActivityTrigger] int i, FunctionContext context) => i * 2;
    }
}
