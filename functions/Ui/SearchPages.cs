using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Dashboard.Models;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Listing;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>Gathers what the pages about searches show.</summary>
public sealed class SearchPages(
    SearchLister lister, SearchStatusReader statuses, RunRecords records, ChampionHistories champions, StageBars bars,
    TaskStore tasks, ConstraintSet constraints, SupernetKinds kinds)
{
    private const int MostRows = 200;

    /// <summary>The list under filters, sorted.</summary>
    internal async Task<SearchListModel> ListAsync(
        DurableTaskClient client, IReadOnlyDictionary<string, string> filters, string sort, CancellationToken cancellationToken)
    {
        var all = await lister.AllAsync(client, cancellationToken);
        var found = SearchOrder.Apply(sort, SearchFilter.Apply(all, filters)).ToList();
        var names = all.Select(s => s.Task).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return new SearchListModel(
            [.. found.Take(MostRows).Select(Coarse)], found.Count, names, SearchFilter.Known[SearchFilter.State], constraints)
        {
            Filters = filters, Sort = sort,
        };
    }

    /// <summary>The page of a search; null where there is none.</summary>
    public async Task<SearchModel?> SearchAsync(
        DurableTaskClient client, string id, string? axis, CancellationToken cancellationToken)
    {
        if (await lister.TryGetAsync(client, id, cancellationToken) is not { } summary
            || await lister.TryRequestAsync(id, cancellationToken) is not { } request
            || await statuses.TryReadAsync(client, id, cancellationToken) is not { } status) return null;
        var record = await RecordAsync(summary, status, cancellationToken);
        return new SearchModel
        {
            Summary = Coarse(summary),
            Status = status with { Stages = [] },
            Request = request,
            Constraints = constraints,
            Stages = await bars.OfAsync(client, status, summary.Started, cancellationToken),
            Spending = await lister.SpendingAsync(client, id, cancellationToken),
            Trace = record.Trace,
            Population = record.Population,
            Axis = axis ?? ConstraintIds.LatencyMs,
            Genes = record.Genes,
            Champions = record.Result?.Predictor is null ? [] : await champions.OfAsync(request.Task, cancellationToken),
            Result = record.Result,
            Commands = RequestCommands.Of(request, SearchFields.All(constraints, kinds)),
        };
    }

    /// <summary>Whether there is a search of an id.</summary>
    public async Task<bool> ExistsAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await lister.TryGetAsync(client, id, cancellationToken) is not null;

    /// <summary>The card of a candidate; null where there is none.</summary>
    public async Task<CardModel?> CardAsync(DurableTaskClient client, string id, int number, CancellationToken cancellationToken)
    {
        if (await lister.TryGetAsync(client, id, cancellationToken) is not { } summary) return null;
        var record = await RecordAsync(summary, null, cancellationToken);
        return record.Population?.Candidates.FirstOrDefault(c => c.Number == number) is { } candidate
            ? CardModel.Of(candidate, record.Population, constraints) : null;
    }

    /// <summary>Searches side by side.</summary>
    public async Task<CompareModel> CompareAsync(DurableTaskClient client, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var (searches, unknown) = (new List<ComparedSearch>(), new List<string>());
        foreach (var id in ids.Distinct(StringComparer.Ordinal))
        {
            if (await lister.TryGetAsync(client, id, cancellationToken) is not { } summary
                || await lister.TryRequestAsync(id, cancellationToken) is not { } request)
            {
                unknown.Add(id);
                continue;
            }

            var record = await RecordAsync(summary, null, cancellationToken);
            searches.Add(new ComparedSearch(Coarse(summary), request, record.Population, record.Result));
        }

        return new CompareModel(searches, constraints, unknown);
    }

    /// <summary>The form that starts a search.</summary>
    public async Task<StartModel> StartAsync(CancellationToken cancellationToken) =>
        new(SearchFields.All(constraints, kinds), [.. await tasks.NamesAsync(cancellationToken)]);

    /// <summary>The form that starts a sweep.</summary>
    public async Task<SweepStartModel> SweepStartAsync(CancellationToken cancellationToken) =>
        new([.. SweepFields.Axes(constraints, kinds).Values], [.. await tasks.NamesAsync(cancellationToken)]);

    private Task<RunRecord> RecordAsync(SearchSummary summary, SearchStatus? status, CancellationToken cancellationToken) =>
        records.GetAsync(
            summary.Id, summary.Generations, (status?.Status ?? summary.State) == nameof(OrchestrationRuntimeStatus.Completed),
            cancellationToken);

    // An estimate is not good to the second.
    private static SearchSummary Coarse(SearchSummary summary) => summary with
    {
        SecondsLeft = summary.SecondsLeft is not { } left ? null : left < 60 ? Math.Ceiling(left / 10) * 10 : Math.Ceiling(left / 60) * 60,
    };
}
