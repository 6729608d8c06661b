using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Azure.Functions.Worker.Triggers.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Microsoft.Azure.Functions.Worker.DurableHttp;

/// <summary>The host extension's HTTP interface: start, look, steer, remove.</summary>
internal sealed class DurableHttpApi(OrchestrationEngine engine)
{
    private readonly InstanceQueries queries = new(engine);

    internal static void Map(IEndpointRouteBuilder routes, OrchestrationEngine engine, FunctionKeys keys)
    {
        var api = new DurableHttpApi(engine);
        Route("POST", "orchestrators/{functionName}/{instanceId?}", api.StartAsync);
        Route("GET", "instances/{instanceId}", api.queries.GetAsync);
        Route("GET", "instances", api.queries.ListAsync);
        Route("DELETE", "instances/{instanceId}", http => Answers.Deleted(http, engine.Purge([Text(http, "instanceId")])));
        Route("DELETE", "instances", api.queries.PurgeAsync);
        Route("POST", "instances/{instanceId}/raiseEvent/{eventName}", api.RaiseEventAsync);
        Route("POST", "instances/{instanceId}/terminate", http => api.SteerAsync(http, EntryKind.ExecutionTerminated));
        Route("POST", "instances/{instanceId}/suspend", http => api.SteerAsync(http, EntryKind.ExecutionSuspended));
        Route("POST", "instances/{instanceId}/resume", http => api.SteerAsync(http, EntryKind.ExecutionResumed));
        Route("POST", "instances/{instanceId}/rewind", api.RewindAsync);
        Route("POST", "instances/{instanceId}/restart", api.RestartAsync);

        void Route(string method, string path, Func<HttpContext, Task> handle) =>
            routes.MapMethods($"{ManagementUrls.Root}/{path}", [method], http => HandleAsync(http, keys, handle));
    }

    internal static string Text(HttpContext http, string name) => (string?)http.Request.RouteValues[name] ?? string.Empty;

    private static async Task HandleAsync(HttpContext http, FunctionKeys keys, Func<HttpContext, Task> handle)
    {
        if (!keys.AdmitsDurable(http.Request))
        {
            await Answers.Status(http, StatusCodes.Status401Unauthorized);
            return;
        }

        try
        {
            await handle(http);
        }
        catch (ArgumentException wrong)
        {
            await Answers.Error(http, StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (JsonException wrong)
        {
            await Answers.Error(http, StatusCodes.Status400BadRequest, wrong.Message);
        }
        catch (Exception failure) when (!http.Response.HasStarted && !http.RequestAborted.IsCancellationRequested)
        {
            await Answers.Error(http, StatusCodes.Status500InternalServerError, failure.Message);
        }
    }

    private async Task StartAsync(HttpContext http)
    {
        var name = Text(http, "functionName");
        var input = await Answers.JsonBody(http);
        if (!engine.Functions.HasOrchestrator(name))
        {
            throw new ArgumentException($"The function '{name}' doesn't exist, is disabled, or is not an orchestrator function.");
        }

        var id = engine.Start(name, input, new StartOrchestrationOptions(Text(http, "instanceId")));
        if (Answers.Seconds(http, "timeout") is { } timeout && Answers.Seconds(http, "pollingInterval") is not null)
        {
            await AwaitAsync(http, id, timeout);
            return;
        }

        await Answers.CheckStatus(http, engine.Options.HubName, id);
    }

    private async Task AwaitAsync(HttpContext http, string id, TimeSpan timeout)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(timeout);
        try
        {
            var instance = await engine.WaitFor(id, candidate => candidate.IsTerminal, limit.Token);
            if (instance.Status == OrchestrationRuntimeStatus.Completed)
            {
                await Answers.Json(http, StatusCodes.Status200OK, json => json.WriteRawValue(instance.Output ?? "null"));
                return;
            }

            await queries.WriteAsync(http, instance);
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await Answers.CheckStatus(http, engine.Options.HubName, id);
        }
    }

    private async Task RaiseEventAsync(HttpContext http)
    {
        var id = Text(http, "instanceId");
        if (engine.Find(id) is not { } instance)
        {
            await Answers.Status(http, StatusCodes.Status404NotFound);
            return;
        }

        if (instance.IsTerminal)
        {
            await Answers.Status(http, StatusCodes.Status410Gone);
            return;
        }

        if (http.Request.ContentType?.Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase) != true)
        {
            throw new ArgumentException("Only application/json request content is supported.");
        }

        var payload = await Answers.JsonBody(http);
        engine.Tell(id, new HistoryEntry { Kind = EntryKind.EventRaised, Name = Text(http, "eventName"), Input = payload });
        await Answers.Status(http, StatusCodes.Status202Accepted);
    }

    private Task SteerAsync(HttpContext http, EntryKind kind)
    {
        string? reason = http.Request.Query["reason"];
        return Answers.Status(http, engine.Tell(Text(http, "instanceId"), new HistoryEntry { Kind = kind, Input = reason }) switch
        {
            null => StatusCodes.Status404NotFound,
            { IsTerminal: true } => StatusCodes.Status410Gone,
            { } instance when !instance.Admits(kind) => StatusCodes.Status500InternalServerError,
            _ => StatusCodes.Status202Accepted,
        });
    }

    private Task RewindAsync(HttpContext http) => Answers.Status(http, engine.Rewind(Text(http, "instanceId")) switch
    {
        null => StatusCodes.Status404NotFound,
        { Status: OrchestrationRuntimeStatus.Failed } => StatusCodes.Status202Accepted,
        { IsTerminal: true } => StatusCodes.Status410Gone,
        _ => StatusCodes.Status400BadRequest,
    });

    private Task RestartAsync(HttpContext http)
    {
        var id = Text(http, "instanceId");
        var instance = engine.Find(id) ?? throw new ArgumentException($"No instance with ID '{id}' was found.");
        var options = Answers.Flag(http, "restartWithNewInstanceId", otherwise: true) ? null : new StartOrchestrationOptions(id);
        return Answers.CheckStatus(http, engine.Options.HubName, engine.Start(instance.Name, instance.Input, options));
    }
}
