using System.Globalization;
using HsNas.Dashboard;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Pages;
using HsNas.Dashboard.Parts;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>Parts of the dashboard about searches, as HTML without a page around it. They need a key, as the data in them does.</summary>
public sealed class UiSearches(SearchPages pages)
{
    private const string Html = "text/html";
    private const string Part = "A part of a page.";
    private const string Unchanged = "The caller has it already: header If-None-Match named it.";
    private const string Sort = "sort";

    /// <summary>GET /api/ui/searches: the list.</summary>
    [Function("UiSearches")]
    [Operation("Gets the list of searches for the dashboard.")]
    [Parameter(SearchFilter.Task, "Only searches of this task.", InQuery = true)]
    [Parameter(SearchFilter.State, "Only searches in this state.", InQuery = true)]
    [Parameter(SearchFilter.Phase, "Only searches whose last stage is this one.", InQuery = true)]
    [Parameter(Sort, "newest, changed, cost, best or left.", InQuery = true)]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/searches")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var filters = SearchFilter.Known.Keys.Where(f => !string.IsNullOrEmpty(request.Query[f]))
            .ToDictionary(f => f, f => request.Query[f].ToString(), StringComparer.Ordinal);
        var sort = request.Query[Sort].ToString() is { } s && SearchOrder.Names.ContainsKey(s) ? s : SearchOrder.Newest;
        var model = await pages.ListAsync(client, filters, sort, cancellationToken);
        var shown = new { model.Rows, model.Found, model.Tasks, model.Filters, model.Sort };
        return await UiAnswers.FragmentAsync(request, shown, () => PageRenderer.RenderAsync<SearchListPage>(model));
    }

    /// <summary>GET /api/ui/searches/{id}: the page of a search.</summary>
    [Function("UiSearch")]
    [Operation("Gets the page of a search for the dashboard.")]
    [Parameter("id", "The search.")]
    [Parameter("axis", "Quantity on the horizontal axis, for example gFlops.", InQuery = true)]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    [Answer(StatusCodes.Status404NotFound, "There is no such search.")]
    public async Task<IResult> SearchAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/searches/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        await ShowAsync(request, id, client, isShared: false, cancellationToken);

    /// <summary>The page of a search; where it is shared, without what leads elsewhere or changes anything.</summary>
    internal async Task<IResult> ShowAsync(
        HttpRequest request, string id, DurableTaskClient client, bool isShared, CancellationToken cancellationToken)
    {
        var axis = request.Query["axis"].ToString();
        if (!SearchStarter.IsId(id)
            || await pages.SearchAsync(client, id, axis.Length > 0 ? axis : null, cancellationToken) is not { } found)
                return Problems.NotFound(id);
        var model = found with { IsShared = isShared };
        var shown = new
        {
            model.Summary, model.Status, model.Stages, model.Axis, Generations = model.Trace.Count,
            Candidates = model.Population?.Candidates.Count, model.Champions, model.Spending, model.IsShared,
            Finished = model.Result is not null,
        };
        return await UiAnswers.FragmentAsync(request, shown, () => PageRenderer.RenderAsync<SearchPage>(model));
    }

    /// <summary>GET /api/ui/searches/{id}/card: the card of a candidate.</summary>
    [Function("UiCard")]
    [Operation("Gets the card of a candidate for the dashboard.")]
    [Parameter("id", "The search.")]
    [Parameter("n", "Number of the candidate.", InQuery = true, IsNumber = true)]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    [Answer(StatusCodes.Status404NotFound, "There is no such candidate.")]
    public async Task<IResult> CardAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/searches/{id}/card")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!SearchStarter.IsId(id)
            || !int.TryParse(request.Query["n"], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            || await pages.CardAsync(client, id, number, cancellationToken) is not { } card) return Problems.NotFound(id);
        var shown = new { card.Title, card.Json, Figures = card.Figures.Select(f => new[] { f.Name, f.Predicted, f.Measured }) };
        return await UiAnswers.FragmentAsync(request, shown, () => PageRenderer.RenderAsync<ArchitectureCard>(card));
    }

    /// <summary>GET /api/ui/new: the form that starts a search.</summary>
    [Function("UiStart")]
    [Operation("Gets the form that starts a search, for the dashboard.")]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/new")] HttpRequest request, CancellationToken cancellationToken)
    {
        var model = await pages.StartAsync(cancellationToken);
        return await UiAnswers.FragmentAsync(request, model.Tasks, () => PageRenderer.RenderAsync<StartPage>(model));
    }
}
