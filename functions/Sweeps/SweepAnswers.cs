using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Kernel;
using HsNas.Reporting.Sweeps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>The HTTP interface of sweeps: how far they are, and what they found.</summary>
public sealed class SweepAnswers(SweepStatusReader statuses)
{
    private const string Format = "format";
    private const string Measured = "measured";
    private static readonly string[] Formats = ["json", "csv", "html"];

    /// <summary>GET /api/sweeps/{id}: 200 with <see cref="SweepStatus"/>, 404 where there is none.</summary>
    [Function("GetSweep")]
    [Operation("Tells how far a sweep is.")]
    [Parameter("id", SweepTriggers.SweepId)]
    [Answer(StatusCodes.Status200OK, "Status and rows.", Body = typeof(SweepStatus))]
    [Answer(StatusCodes.Status404NotFound, SweepTriggers.NoSweep)]
    public async Task<IResult> GetAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps/{id}")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        SearchStarter.IsId(id) && await statuses.TryReadAsync(client, id, cancellationToken) is { } status
            ? Results.Json(status, Json.Options)
            : Problems.NoSweep(id);

    /// <summary>GET /api/sweeps/{id}/table: the results so far as JSON, CSV or a self-contained page; 404 where there is none.</summary>
    [Function("GetSweepTable")]
    [Operation("Gets the table of a sweep's results, as far as they are there.")]
    [Parameter("id", SweepTriggers.SweepId)]
    [Parameter(Format, "json (where not given), csv or html.", InQuery = true)]
    [Parameter(Measured, "false: without the columns that another run of the same sweep would fill otherwise.", InQuery = true)]
    [Answer(StatusCodes.Status200OK, "The table; as text/csv or text/html where that was asked for.", Body = typeof(SweepTable))]
    [Answer(StatusCodes.Status400BadRequest, "The query is not valid.")]
    [Answer(StatusCodes.Status404NotFound, SweepTriggers.NoSweep)]
    public async Task<IResult> TableAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps/{id}/table")] HttpRequest request,
        string id, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var format = Choice(request, Format, Formats);
        var measured = Choice(request, Measured, ["true", "false"]);
        if (format is null) return Problems.Invalid([new FieldError(Format, $"must be one of {string.Join(", ", Formats)}.")]);
        if (measured is null) return Problems.Invalid([new FieldError(Measured, "must be true or false.")]);
        if (!SearchStarter.IsId(id)
            || await statuses.TryReadTableAsync(client, id, measured == "true", cancellationToken) is not { } table)
            return Problems.NoSweep(id);
        return format switch
        {
            "csv" => Results.Text(SweepCsv.Render(table), "text/csv; charset=utf-8"),
            "html" => Results.Text(SweepPage.Render(table), "text/html; charset=utf-8"),
            _ => Results.Json(table, Json.Options),
        };
    }

    // The first choice where nothing is given; null where something else is.
    private static string? Choice(HttpRequest request, string name, IReadOnlyList<string> choices) =>
        !request.Query.TryGetValue(name, out var given) ? choices[0]
        : given is [var one] && choices.Contains(one, StringComparer.Ordinal) ? one : null;
}
