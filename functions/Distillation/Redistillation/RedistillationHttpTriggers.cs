using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Predictors;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>Starts a new distillation over HTTP.</summary>
public sealed class RedistillationHttpTriggers(Redistiller redistiller, TaskStore tasks)
{
    private const string TaskName = "Name of a task.";
    private const string NotValid = "The request is not valid; every faulty field is named.";
    private const string NoTask = "There is no such task.";

    /// <summary>POST /api/predictors/{task}/redistil with a <see cref="RedistillationRequest"/>: 202; 409 where one runs already.</summary>
    [Function("RedistilPredictor")]
    [Operation("Distils a task's predictor anew.", Request = typeof(RedistillationRequest), RequestIsOptional = true)]
    [Parameter("task", TaskName)]
    [Answer(StatusCodes.Status202Accepted, "The distillation is started.", Body = typeof(Started))]
    [Answer(StatusCodes.Status400BadRequest, NotValid)]
    [Answer(StatusCodes.Status404NotFound, NoTask)]
    [Answer(StatusCodes.Status409Conflict, "A distillation of the task is running; its id is given.", Body = typeof(Started))]
    public async Task<IResult> RedistilAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "predictors/{task}/redistil")] HttpRequest request,
        string task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body)
            return Problems.Invalid([SearchRequestReader.TooLong(request.ContentLength!.Value)]);
        var (asked, errors) = RedistillationRequest.Read(body);
        if (errors.Count > 0) return Problems.Invalid(errors);
        if (!await tasks.HasAsync(task, cancellationToken)) return Unknown.Task(task);
        if (await redistiller.RefusalAsync(task, asked, cancellationToken) is { } refusal) return Problems.Invalid([refusal]);
        var (id, started) = await redistiller.StartAsync(client, task, asked, [RedistillationReasons.Manual], cancellationToken);
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["predictor"] = $"/api/predictors/{task}",
            ["durable"] = $"/runtime/webhooks/durabletask/instances/{id}",
        };
        var code = started ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict;
        return Results.Json(new Started(id, links), Json.Options, statusCode: code);
    }
}
