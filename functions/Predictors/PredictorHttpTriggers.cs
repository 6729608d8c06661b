using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Predictors;

/// <summary>The HTTP interface of distilled predictors.</summary>
public sealed class PredictorHttpTriggers(
    TaskStore tasks, PredictorStore predictors, PredictorSelection selection, IDistillationOutlook outlook)
{
    private const int DecisionsShown = 50;
    private const string TaskName = "Name of a task.";

    /// <summary>GET /api/predictors/{task}: the champion and why, what is due, warnings, history; 404 for an unknown task.</summary>
    [Function("GetPredictor")]
    [Operation("Tells which distilled predictor of a task is in force, and why.")]
    [Parameter("task", TaskName)]
    [Answer(StatusCodes.Status200OK, "The predictor in force, what is due, warnings and the history.", Body = typeof(PredictorStatus))]
    [Answer(StatusCodes.Status404NotFound, "There is no such task.")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "predictors/{task}")] HttpRequest request,
        string task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!await tasks.HasAsync(task, cancellationToken)) return Unknown.Task(task);
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var (due, warnings, running) = await outlook.OutlookAsync(client, task, cancellationToken);
        var history = await predictors.DecisionsAsync(task, DecisionsShown, cancellationToken);
        return Results.Json(new PredictorStatus(task, champion, due, warnings, running, history), Json.Options);
    }

    /// <summary>
    /// POST /api/predictors/{task}/select with a <see cref="SelectionRequest"/>: 200 with the decision; 404 for an unknown
    /// fingerprint.
    /// </summary>
    [Function("SelectPredictor")]
    [Operation("Puts a predictor of a task's history in force.", Request = typeof(SelectionRequest))]
    [Parameter("task", TaskName)]
    [Answer(StatusCodes.Status200OK, "The decision, as the history holds it from now on.", Body = typeof(PromotionDecision))]
    [Answer(StatusCodes.Status400BadRequest, "The request is not valid; every faulty field is named.")]
    [Answer(StatusCodes.Status404NotFound, "There is no such task, or it has no such predictor.")]
    public async Task<IResult> SelectAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "predictors/{task}/select")] HttpRequest request,
        string task, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body)
            return Problems.Invalid([SearchRequestReader.TooLong(request.ContentLength!.Value)]);
        var (asked, errors) = SelectionRequest.Read(body);
        if (asked is null) return Problems.Invalid(errors);
        if (!await tasks.HasAsync(task, cancellationToken)) return Unknown.Task(task);
        return await selection.SelectAsync(task, asked.Fingerprint, cancellationToken) is { } decision
            ? Results.Json(decision, Json.Options)
            : Results.Problem($"The task has no predictor {asked.Fingerprint}.", statusCode: StatusCodes.Status404NotFound);
    }
}
