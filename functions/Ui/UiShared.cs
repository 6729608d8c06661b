using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>A link to one search.</summary>
/// <param name="Address">Where a browser finds the search; relative to the app. What proves the right lies behind the "#".</param>
/// <param name="Until">When it ends, UTC.</param>
public sealed record SharedLink(string Address, DateTimeOffset Until);

/// <summary>One search for somebody without a key: the link, and the two parts of the dashboard that it opens.</summary>
public sealed class UiShared(SharedLinks links, UiSearches searches, SearchPages pages, TimeProvider time)
{
    /// <summary>The header with the proof: browsers send nothing of what stands behind the "#" by themselves.</summary>
    internal const string Header = "x-hsnas-link";

    private const string Hours = "hours";
    private const int UsualHours = 7 * 24;
    private const int MostHours = 90 * 24;
    private const string SearchId = "The search.";
    private const string Part = "A part of a page.";
    private const string Unchanged = "The caller has it already: header If-None-Match named it.";
    private const string Shut = "There is no such search, or the link does not open it.";

    /// <summary>POST /api/searches/{id}/link: 200 with <see cref="SharedLink"/>; 404 where there is no such search.</summary>
    [Function("ShareSearch")]
    [Operation("Makes a link that opens one search for reading, without a key.")]
    [Parameter("id", SearchId)]
    [Parameter(Hours, "Hours that it opens, 1 to 2160; 168 where not given.", InQuery = true, IsNumber = true)]
    [Answer(StatusCodes.Status200OK, "The link.", Body = typeof(SharedLink))]
    [Answer(StatusCodes.Status400BadRequest, "The query is not valid.")]
    [Answer(StatusCodes.Status404NotFound, "There is no such search.")]
    public async Task<IResult> ShareAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "searches/{id}/link")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var hours = UsualHours;
        if (request.Query.TryGetValue(Hours, out var given)
            && !(int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out hours) && hours is >= 1 and <= MostHours))
            return Problems.Invalid([new FieldError(Hours, $"must be a whole number from 1 to {MostHours}.")]);
        if (!SearchStarter.IsId(id) || !await pages.ExistsAsync(client, id, cancellationToken)) return Problems.NotFound(id);
        var end = time.GetUtcNow().AddHours(hours);
        var proof = await links.SignAsync(id, end, cancellationToken);
        return Results.Json(new SharedLink($"/api/ui#/shared/{id}?proof={proof}", end), Json.Options);
    }

    /// <summary>GET /api/ui/shared/{id}: the page of a search, for whoever has a link to it.</summary>
    [Function("UiSharedSearch")]
    [Operation("Gets the page of a search that a link opens.")]
    [Parameter("id", SearchId)]
    [Parameter(Header, "The proof of the link.")]
    [Answer(StatusCodes.Status200OK, Part, ContentType = "text/html")]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    [Answer(StatusCodes.Status404NotFound, Shut)]
    public async Task<IResult> SearchAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ui/shared/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await OpensAsync(request, id, cancellationToken)
            ? await searches.ShowAsync(request, id, client, isShared: true, cancellationToken) : Problems.NotFound(id);

    /// <summary>GET /api/ui/shared/{id}/card: the card of a candidate, for whoever has a link to the search.</summary>
    [Function("UiSharedCard")]
    [Operation("Gets the card of a candidate of a search that a link opens.")]
    [Parameter("id", SearchId)]
    [Parameter("n", "Number of the candidate.", InQuery = true, IsNumber = true)]
    [Parameter(Header, "The proof of the link.")]
    [Answer(StatusCodes.Status200OK, Part, ContentType = "text/html")]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    [Answer(StatusCodes.Status404NotFound, Shut)]
    public async Task<IResult> CardAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "ui/shared/{id}/card")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await OpensAsync(request, id, cancellationToken)
            ? await searches.CardAsync(request, id, client, cancellationToken) : Problems.NotFound(id);

    private async Task<bool> OpensAsync(HttpRequest request, string id, CancellationToken cancellationToken) =>
        SearchStarter.IsId(id) && await links.OpensAsync(id, request.Headers[Header].ToString(), cancellationToken);
}
