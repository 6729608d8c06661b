using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps.Files;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>The HTTP interface of sweeps: starting, stopping, resuming, adding rows. <see cref="SweepAnswers"/> tells about them.</summary>
public sealed class SweepTriggers(SweepStarter starter, SweepStopper stopper, SweepFiles sweeps)
{
    internal const string SweepId = "The sweep, as the answer to its request names it.";
    internal const string NoSweep = "There is no such sweep.";
    private const string NotValid = "The request is not valid, or a search of its grid cannot be done; every faulty field is named.";

    /// <summary>
    /// POST /api/sweeps: 202 with id and links, 400 problem+json naming every fault. Header Idempotency-Key makes a repeated request
    /// answer with the sweep it started first.
    /// </summary>
    [Function("SubmitSweep")]
    [Operation("Starts a sweep: a grid of searches with one limit on money.", Request = typeof(SweepRequest))]
    [Parameter(IdempotencyKey.Header, "Names the request: if it is repeated with the same key, it gets the sweep that it started first.")]
    [Answer(StatusCodes.Status202Accepted, "The sweep is started; its id is the one in the links.", Body = typeof(Started))]
    [Answer(StatusCodes.Status400BadRequest, NotValid)]
    public async Task<IResult> SubmitAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body) return TooLong(request);
        var (key, fault) = IdempotencyKey.Read(request);
        if (fault is not null) return Problems.Invalid([fault]);
        return Accepted(request, await starter.StartAsync(client, body, key, cancellationToken));
    }

    /// <summary>POST /api/sweeps/{id}/rows: 202; 404 where there is no such sweep. Rows that it has already are not added again.</summary>
    [Function("AddSweepRows")]
    [Operation("Adds the rows of another grid to a sweep.", Request = typeof(SweepRowsRequest))]
    [Parameter("id", SweepId)]
    [Answer(StatusCodes.Status202Accepted, "The rows that are new are added.", Body = typeof(Started))]
    [Answer(StatusCodes.Status400BadRequest, NotValid)]
    [Answer(StatusCodes.Status404NotFound, NoSweep)]
    public async Task<IResult> AddAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps/{id}/rows")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (await RequestBody.TryReadAsync(request, cancellationToken) is not { } body) return TooLong(request);
        return SearchStarter.IsId(id) && await sweeps.TryGetAsync(id, cancellationToken) is { } definition
            ? Accepted(request, await starter.AddAsync(client, id, definition, body, cancellationToken))
            : Problems.NoSweep(id);
    }

    /// <summary>POST /api/sweeps/{id}/stop: 202; 404 where there is none, 410 where it is over.</summary>
    [Function("StopSweep")]
    [Operation("Stops a sweep: no further search starts, and those under way run to their end.")]
    [Parameter("id", SweepId)]
    [Answer(StatusCodes.Status202Accepted, "No further search starts.")]
    [Answer(StatusCodes.Status404NotFound, NoSweep)]
    [Answer(StatusCodes.Status410Gone, "The sweep is over.")]
    public async Task<IResult> StopAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps/{id}/stop")] HttpRequest request,
        string id, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(id, cancellationToken)) return Problems.NoSweep(id);
        return await stopper.TryStopAsync(id, cancellationToken)
            ? Acceptance.Of(request.HttpContext.Response, $"/api/sweeps/{id}")
            : Results.Problem($"Sweep '{id}' is over.", statusCode: StatusCodes.Status410Gone);
    }

    /// <summary>POST /api/sweeps/{id}/resume: 202; 404 where there is none.</summary>
    [Function("ResumeSweep")]
    [Operation("Lets a sweep go on: searches that were not begun, and once more those that failed.")]
    [Parameter("id", SweepId)]
    [Answer(StatusCodes.Status202Accepted, "The sweep goes on.")]
    [Answer(StatusCodes.Status404NotFound, NoSweep)]
    public async Task<IResult> ResumeAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps/{id}/resume")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(id, cancellationToken)) return Problems.NoSweep(id);
        await stopper.ResumeAsync(client, id, cancellationToken);
        return Acceptance.Of(request.HttpContext.Response, $"/api/sweeps/{id}");
    }

    private static IResult TooLong(HttpRequest request) => Problems.Invalid([SearchRequestReader.TooLong(request.ContentLength!.Value)]);

    private static IResult Accepted(HttpRequest request, StartedSweep started) => started.Errors.Count > 0
        ? Problems.Invalid(started.Errors)
        : Acceptance.Of(request.HttpContext.Response, new Started(started.Id, SweepStatusReader.Links(started.Id)));

    private async Task<bool> ExistsAsync(string id, CancellationToken cancellationToken) =>
        SearchStarter.IsId(id) && await sweeps.TryGetAsync(id, cancellationToken) is not null;
}
