using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Contracts.Sweeps;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Functions.Sweeps.Files;
using HsNas.Kernel;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>Validates requests for sweeps and for more rows, and starts what they ask for.</summary>
public sealed class SweepStarter(
    TaskStore tasks, SweepChecks checks, SweepFiles sweeps, SweepInstances instances, ConstraintSet constraints, SupernetKinds kinds)
{
    /// <summary>
    /// Starts a sweep, unless the request has faults or a search that nothing can do. With a <paramref name="key"/> the id is a
    /// function of it, and an existing sweep is answered instead of a second one.
    /// </summary>
    public async Task<StartedSweep> StartAsync(
        DurableTaskClient client, ReadOnlyMemory<byte> json, string? key, CancellationToken cancellationToken)
    {
        var (request, errors) = (await ReaderAsync(cancellationToken)).Read(json);
        if (request is null) return new StartedSweep("", 0, errors);
        var refusals = await checks.RefusalsAsync(request.Cells, request.MaxCostUsd, cancellationToken);
        if (refusals.Count > 0) return new StartedSweep("", 0, refusals);
        var id = key is null ? Guid.NewGuid().ToString("N") : Hashing.Fingerprint("sweep", key);
        var definition = new SweepDefinition(request.Name, request.Search, request.Parallel, request.MaxCostUsd);
        var rows = request.Cells.Select(c => SweepRow.Of(id, c)).ToList();
        await sweeps.CreateAsync(id, definition, cancellationToken);
        // The same key may come twice: then the first rows stay, and what is missing of the start is made up for.
        await sweeps.TryAppendAsync(id, 0, new SweepEntry(SweepEntryKind.Rows, rows), cancellationToken);
        await instances.EnsureAsync(client, id, cancellationToken);
        return new StartedSweep(id, rows.Count, []);
    }

    /// <summary>Adds the rows of another grid to a sweep; those that it has already are not added again.</summary>
    public async Task<StartedSweep> AddAsync(
        DurableTaskClient client, string id, SweepDefinition definition, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var (request, errors) = (await ReaderAsync(cancellationToken)).ReadRows(json, definition.Search);
        if (request is null) return new StartedSweep("", 0, errors);
        var refusals = await checks.RefusalsAsync(request.Cells, definition.MaxCostUsd, cancellationToken);
        if (refusals.Count > 0) return new StartedSweep("", 0, refusals);
        var asked = request.Cells.Select(c => SweepRow.Of(id, c)).ToList();
        while (true)
        {
            var state = await sweeps.StateAsync(id, cancellationToken);
            var known = state.Rows.Select(r => r.Search).ToHashSet(StringComparer.Ordinal);
            var added = asked.Where(r => !known.Contains(r.Search)).ToList();
            if (known.Count + added.Count > SweepFields.MostSearches)
                return new StartedSweep("", 0, [TooMany(known.Count, added.Count)]);
            if (added.Count == 0
                || await sweeps.TryAppendAsync(id, state.Entries, new SweepEntry(SweepEntryKind.Rows, added), cancellationToken))
            {
                await instances.EnsureAsync(client, id, cancellationToken);
                return new StartedSweep(id, added.Count, []);
            }
        }
    }

    private static FieldError TooMany(int known, int added) => new(
        SweepFields.Grid.Name,
        $"adds {added} searches to {known}; at most {SweepFields.MostSearches} are allowed in one sweep.");

    private async Task<SweepReader> ReaderAsync(CancellationToken cancellationToken) =>
        new(await tasks.NamesAsync(cancellationToken), constraints, kinds);
}

/// <summary>A started sweep, or rows that were added to one, or why not.</summary>
/// <param name="Id">The sweep's id; empty where there are errors.</param>
/// <param name="Added">Rows that are new.</param>
/// <param name="Errors">Faults; empty where it was started.</param>
public sealed record StartedSweep(string Id, int Added, IReadOnlyList<FieldError> Errors);
