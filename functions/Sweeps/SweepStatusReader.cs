using HsNas.Contracts.Sweeps;
using HsNas.Functions.Hosting;
using HsNas.Functions.Sweeps.Files;
using HsNas.Reporting.Sweeps;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>Answers how far sweeps are and what they found, from their blobs and the custom status of their instances.</summary>
public sealed class SweepStatusReader(SweepFiles sweeps)
{
    /// <summary>The status of a sweep; null where there is none of that id.</summary>
    public async Task<SweepStatus?> TryReadAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        if (await sweeps.TryGetAsync(id, cancellationToken) is not { } definition) return null;
        // First: a run that ends meanwhile has then written into the log that it is over.
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        var state = await sweeps.StateAsync(id, cancellationToken);
        var outcomes = await sweeps.OutcomesAsync(id, cancellationToken);
        var rows = Rows(state, outcomes, instance);
        var count = rows.CountBy(r => r.State).ToDictionary();
        var counts = new SweepCounts(
            count.GetValueOrDefault(SweepRowState.Waiting), count.GetValueOrDefault(SweepRowState.Running),
            count.GetValueOrDefault(SweepRowState.Done), count.GetValueOrDefault(SweepRowState.Failed));
        return new SweepStatus(
            id, definition.Name, Status(state, instance), Error(instance), counts, outcomes.Sum(o => o.SpentUsd), definition.MaxCostUsd,
            [.. rows.Select(r => new SweepRowStatus(r.Row.Search, SweepWords.Axes(r.Row), r.State, r.Outcome?.Error))], Links(id));
    }

    /// <summary>The table of a sweep as far as it is; null where there is none of that id.</summary>
    public async Task<SweepTable?> TryReadTableAsync(
        DurableTaskClient client, string id, bool withMeasured, CancellationToken cancellationToken)
    {
        if (await sweeps.TryGetAsync(id, cancellationToken) is not { } definition) return null;
        var instance = await client.GetInstanceAsync(id, getInputsAndOutputs: true, cancellationToken);
        var state = await sweeps.StateAsync(id, cancellationToken);
        var outcomes = await sweeps.OutcomesAsync(id, cancellationToken);
        return SweepTableBuilder.Build(id, definition.Name, Rows(state, outcomes, instance), withMeasured);
    }

    /// <summary>Where to go from a sweep.</summary>
    public static IReadOnlyDictionary<string, string> Links(string id) => new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["self"] = $"/api/sweeps/{id}",
        ["table"] = $"/api/sweeps/{id}/table",
        ["stop"] = $"/api/sweeps/{id}/stop",
        ["resume"] = $"/api/sweeps/{id}/resume",
        ["rows"] = $"/api/sweeps/{id}/rows",
        ["durable"] = $"/runtime/webhooks/durabletask/instances/{id}",
    };

    private static List<SweptRow> Rows(SweepState state, IReadOnlyList<SweepOutcome> outcomes, OrchestrationMetadata? instance)
    {
        var last = new Dictionary<string, SweepOutcome>(StringComparer.Ordinal);
        foreach (var outcome in outcomes.OrderBy(o => o.Run)) last[outcome.Search] = outcome;
        var progress = instance is { IsCompleted: false, SerializedCustomStatus: not null }
            ? instance.ReadCustomStatusAs<SweepProgress>() : null;
        var running = (progress?.Running ?? []).ToHashSet(StringComparer.Ordinal);
        return [.. state.Rows.Select(r => last.GetValueOrDefault(r.Search) switch
        {
            { Error: null } done => new SweptRow(r, SweepRowState.Done, done),
            // The status may still name a search that has just ended in this run.
            { } failed when failed.Run == state.Run || !running.Contains(r.Search) => new SweptRow(r, SweepRowState.Failed, failed),
            _ => new SweptRow(r, running.Contains(r.Search) ? SweepRowState.Running : SweepRowState.Waiting, null),
        })];
    }

    private static string Status(SweepState state, OrchestrationMetadata? instance)
    {
        var lives = instance is { IsCompleted: false };
        if (state.IsStopped) return lives && !state.IsOver ? "Stopping" : "Stopped";
        if (state.IsOver) return "Completed";
        // One that is completed is of an earlier run, and the next is about to begin.
        return instance is { RuntimeStatus: OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated }
            ? "Failed" : "Running";
    }

    private static string? Error(OrchestrationMetadata? instance) =>
        instance?.RuntimeStatus == OrchestrationRuntimeStatus.Failed ? instance.FailureDetails?.Chain().Last().ErrorMessage : null;
}
