using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Predictors;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>The HTTP interface of distilled predictors.</summary>
public sealed class RedistillationHttpTriggers(Redistiller redistiller)
{
    private const string TaskName = "Name of a task.";
    private const string NotValid = "The request is not valid; every faulty field is named.";
    private const string NoTask = "There is no such task.";

    /// <summary>GET /api/predictors/{task}: the champion and why, what is due, warnings, history; 404 for an unknown task.</summary>
    [Function("GetPredictor")]
    [Operation("Tells which distilled predictor of a task is in force, and why.")]
    [Parameter("task", TaskName)]
    [Answer(StatusCodes.Status200OK, "The predictor in force, what is due, warnings and the history.", Body = typeof(PredictorStatus))]
    [Answer(StatusCodes.Status404NotFound, NoTask)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "predictors/{task}")] HttpRequest request,
        string task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await redistiller.TryReadAsync(client, task, cancellationToken) is { } status ? Results.Json(status, Json.Options) : Unknown(task);

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
        if (!await redistiller.ExistsAsync(task, cancellationToken)) return Unknown(task);
        if (await redistiller.RefusalAsync(task, asked, cancellationToken) is { } refusal) return Problems.Invalid([refusal]);
        var (id, started) = await redistiller.StartAsync(client, task, asked, [RedistillationReasons.Manual], cancellationToken);
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["predictor"] = $"/api/predictors/{task}",
            ["durable"] = $"/runtime/webhooks/durabletask/instances/{id}",
        };
        return Results.Json(new Started(id, links), Json.Options, statusCode: started ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict);
    }

    /// <summary>POST /api/predictors/{task}/select with {"fingerprint"}: 200 with the decision; 404 where there is no such predictor.</summary>
    [Function("SelectPredictor")]
    [Operation("Puts a predictor of a task's history in force.", Request = typeof(SelectionRequest))]
    [Parameter("task", TaskName)]
    [Answer(StatusCodes.Status200OK, "The decision, as the history holds it from now on.", Body = typeof(ChampionDecision))]
    [Answer(StatusCodes.Status400BadRequest, NotValid)]
    [Answer(StatusCodes.Status404NotFound, "There is no such task, or it has no such predictor.")]
    public async Task<IResult> SelectAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "predictors/{task}/select")] HttpRequest request,
        string task, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body)
            return Problems.Invalid([SearchRequestReader.TooLong(request.ContentLength!.Value)]);
        var (asked, errors) = SelectionRequest.Read(body);
        if (asked is null) return Problems.Invalid(errors);
        if (!await redistiller.ExistsAsync(task, cancellationToken)) return Unknown(task);
        return await redistiller.SelectAsync(task, asked.Fingerprint, cancellationToken) is { } decision
            ? Results.Json(decision, Json.Options)
            : Results.Problem($"The task has no predictor {asked.Fingerprint}.", statusCode: StatusCodes.Status404NotFound);
    }

    private static IResult Unknown(string task) =>
        Results.Problem($"There is no task '{(task.Length <= 100 ? task : task[..100])}'.", statusCode: StatusCodes.Status404NotFound);
}
