using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Distillation;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps.Files;
using HsNas.Kernel.Stores;
using HsNas.Reporting.Sweeps;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>Records how rows ended. A result counts, whatever became of the orchestration that wrote it.</summary>
public sealed class SweepRecorder(SweepFiles sweeps, IArtifactStore store)
{
    private const string NoResult = "The search ended without a result.";

    /// <summary>Records a row; recording it again changes nothing.</summary>
    /// <param name="client">Tells what a distillation has spent.</param>
    /// <param name="run">The run of the sweep.</param>
    /// <param name="search">The row's search.</param>
    /// <param name="error">Why it failed; null where it did not.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task RecordAsync(
        DurableTaskClient client, SweepRun run, SweptSearch search, string? error, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(search);
        var spent = search.BuysLabels ? await SpentAsync(client, search, hasEnded: true, cancellationToken) : 0;
        var result = await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(search.Search), cancellationToken);
        var outcome = result is null
            ? new SweepOutcome(search.Search, run.Run, error ?? NoResult, spent, [])
            : new SweepOutcome(search.Search, run.Run, null, spent, SweepColumns.Lines(result, spent));
        await sweeps.RecordAsync(run.Sweep, outcome, cancellationToken);
    }

    /// <summary>Whether a search that runs may still spend something on labels: its distillation is not over.</summary>
    public static async Task<bool> MaySpendAsync(DurableTaskClient client, SweptSearch search, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(search);
        return await client.GetInstanceAsync(SearchInstances.Distillation(search.Search), cancellationToken) is not { IsCompleted: true };
    }

    /// <summary>
    /// What a search has spent on labels, US dollars. A distillation that failed has spent, too, and no result says so. Where it still
    /// runs, has not begun, or does not say, all that it may spend counts.
    /// </summary>
    public static async Task<decimal> SpentAsync(
        DurableTaskClient client, SweptSearch search, bool hasEnded, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(search);
        var most = search.AllowanceUsd ?? 0;
        var id = SearchInstances.Distillation(search.Search);
        var distillation = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        if (distillation is null) return hasEnded ? 0 : most;
        if (distillation is not { IsCompleted: true, SerializedCustomStatus: not null }) return most;
        return distillation.ReadCustomStatusAs<DistillationStatus>()?.Tally?.SpentUsd ?? most;
    }
}
