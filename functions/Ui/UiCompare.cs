using HsNas.Contracts.Sweeps;
using HsNas.Dashboard;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Pages;
using HsNas.Functions.Hosting.OpenApi;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>Parts of the dashboard that compare searches.</summary>
public sealed class UiCompare(SearchPages pages, SweepStatusReader sweeps)
{
    private const string Ids = "ids";
    private const string IdsMeaning = "Two to five searches, joined by commas.";
    private const string Sweep = "sweep";
    private const string SweepMeaning = "Instead of searches: a sweep. Its searches with a result are compared, at most twenty.";

    /// <summary>GET /api/ui/compare: searches side by side.</summary>
    [Function("UiCompare")]
    [Operation("Compares searches, for the dashboard.")]
    [Parameter(Ids, IdsMeaning, InQuery = true)]
    [Parameter(Sweep, SweepMeaning, InQuery = true)]
    [Answer(StatusCodes.Status200OK, "A part of a page.", ContentType = "text/html")]
    [Answer(StatusCodes.Status304NotModified, "The caller has it already: header If-None-Match named it.")]
    public async Task<IResult> CompareAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/compare")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var model = await ModelAsync(request, client, cancellationToken);
        var shown = new
        {
            Searches = model.Searches.Select(s => s.Summary),
            Scored = model.Searches.Select(s => s.Population?.Candidates.Count), model.Unknown, model.Sweep,
        };
        return await UiAnswers.FragmentAsync(request, shown, () => PageRenderer.RenderAsync<ComparePage>(model));
    }

    /// <summary>GET /api/ui/compare.csv: the table of it.</summary>
    [Function("UiCompareCsv")]
    [Operation("Compares searches as CSV.")]
    [Parameter(Ids, IdsMeaning, InQuery = true)]
    [Parameter(Sweep, SweepMeaning, InQuery = true)]
    [Answer(StatusCodes.Status200OK, "The table.", ContentType = "text/csv")]
    public async Task<IResult> CsvAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "ui/compare.csv")] HttpRequest request,
        [DurableClient] DurableTaskClient client, CancellationToken cancellationToken) =>
        Results.Text((await ModelAsync(request, client, cancellationToken)).Table.ToCsv(), "text/csv; charset=utf-8");

    private async Task<CompareModel> ModelAsync(HttpRequest request, DurableTaskClient client, CancellationToken cancellationToken)
    {
        var sweep = request.Query[Sweep].ToString();
        if (!SearchStarter.IsId(sweep))
        {
            var chosen = request.Query[Ids].ToString().Split(',').Where(SearchStarter.IsId);
            return await pages.CompareAsync(client, chosen.Take(CompareModel.Most), cancellationToken);
        }

        var status = await sweeps.TryReadAsync(client, sweep, cancellationToken);
        var done = (status?.Rows ?? []).Where(r => r.State == SweepRowState.Done).Select(r => r.Search);
        var model = await pages.CompareAsync(client, done.Take(CompareModel.MostOfSweep), cancellationToken);
        return model with { Sweep = sweep, Unknown = status is null ? [sweep] : model.Unknown };
    }
}
