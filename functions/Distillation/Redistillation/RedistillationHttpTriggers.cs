using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>The HTTP interface of distilled predictors.</summary>
public sealed class RedistillationHttpTriggers(Redistiller redistiller)
{
    /// <summary>GET /api/predictors/{task}: the champion and why, what is due, warnings, history; 404 for an unknown task.</summary>
    [Function("GetPredictor")]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "predictors/{task}")] HttpRequest request,
        string task, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await redistiller.TryReadAsync(client, task, cancellationToken) is { } status ? Results.Json(status, Json.Options) : Unknown(task);

    /// <summary>POST /api/predictors/{task}/redistil with a <see cref="RedistillationRequest"/>: 202; 409 where one runs already.</summary>
    [Function("RedistilPredictor")]
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
        return Results.Json(new { id, links }, Json.Options, statusCode: started ? StatusCodes.Status202Accepted : StatusCodes.Status409Conflict);
    }

    /// <summary>POST /api/predictors/{task}/select with {"fingerprint"}: 200 with the decision; 404 where there is no such predictor.</summary>
    [Function("SelectPredictor")]
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
