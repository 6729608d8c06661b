using HsNas.Contracts.Sweeps;
using HsNas.Dashboard;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Pages;
using HsNas.Functions.Hosting;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Sweeps.Listing;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>Parts of the dashboard about sweeps.</summary>
public sealed class UiSweeps(SweepLister lister, SweepStatusReader statuses, SearchPages pages)
{
    private const int MostRows = 100;
    private const string Html = "text/html";
    private const string Part = "A part of a page.";
    private const string Unchanged = "The caller has it already: header If-None-Match named it.";

    /// <summary>GET /api/ui/sweeps: the list.</summary>
    [Function("UiSweeps")]
    [Operation("Gets the list of sweeps for the dashboard.")]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    public async Task<IResult> ListAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/sweeps")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var all = await lister.AllAsync(client, cancellationToken);
        var model = new SweepList(await lister.RowsAsync(client, all.Take(MostRows), cancellationToken), null);
        return await UiAnswers.FragmentAsync(request, model, () => PageRenderer.RenderAsync<SweepsPage>(model));
    }

    /// <summary>GET /api/ui/sweeps/{id}: the page of a sweep.</summary>
    [Function("UiSweep")]
    [Operation("Gets the page of a sweep for the dashboard.")]
    [Parameter("id", SweepTriggers.SweepId)]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    [Answer(StatusCodes.Status404NotFound, SweepTriggers.NoSweep)]
    public async Task<IResult> SweepAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/sweeps/{id}")] HttpRequest request, string id,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        if (!SearchStarter.IsId(id)
            || await statuses.TryReadAsync(client, id, cancellationToken) is not { } status
            || await statuses.TryReadTableAsync(client, id, withMeasured: true, cancellationToken) is not { } table)
                return Problems.NoSweep(id);
        var model = new SweepModel(status, table);
        return await UiAnswers.FragmentAsync(request, model, () => PageRenderer.RenderAsync<SweepPageView>(model));
    }

    /// <summary>GET /api/ui/newsweep: the form that starts a sweep.</summary>
    [Function("UiSweepStart")]
    [Operation("Gets the form that starts a sweep, for the dashboard.")]
    [Answer(StatusCodes.Status200OK, Part, ContentType = Html)]
    [Answer(StatusCodes.Status304NotModified, Unchanged)]
    public async Task<IResult> StartAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/newsweep")] HttpRequest request, CancellationToken cancellationToken)
    {
        var model = await pages.SweepStartAsync(cancellationToken);
        return await UiAnswers.FragmentAsync(request, model.Tasks, () => PageRenderer.RenderAsync<SweepStartPage>(model));
    }
}
