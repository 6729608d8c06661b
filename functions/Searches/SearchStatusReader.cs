using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Distillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches.Evolution;
using HsNas.Llm.Labelling;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>Turns a search's custom status, its children's and its jobs' progress into one answer.</summary>
public sealed class SearchStatusReader(HubIndex hub, JobProgressReader progresses, TimeProvider time)
{
    /// <summary>The status of a search, two seconds old at most; null where there is none of that id.</summary>
    public async Task<SearchStatus?> TryReadAsync(DurableTaskClient client, string id, CancellationToken cancellationToken)
    {
        var instance = await hub.FindAsync(client, id, cancellationToken);
        if (instance is null || instance.Name != nameof(SearchOrchestrator)) return null;
        var marks = instance.SerializedCustomStatus is null ? null : instance.ReadCustomStatusAs<StageMarks>();
        var over = instance.IsCompleted;
        var stages = await Task.WhenAll(SearchStages.All.Select(name =>
            StageAsync(client, name, marks?.Stages.GetValueOrDefault(name), over, marks, cancellationToken)));
        var links = Links(id, instance.RuntimeStatus == OrchestrationRuntimeStatus.Completed);
        return new SearchStatus(id, instance.RuntimeStatus.ToString(), stages, Error(instance), links);
    }

    private async Task<StageStatus> StageAsync(
        DurableTaskClient client, string name, StageMark? mark, bool over, StageMarks? marks, CancellationToken cancellationToken)
    {
        if (mark is null)
        {
            var missing = IsSkipped(name, over, marks) ? StageState.Skipped : StageState.Waiting;
            return new StageStatus(name, missing, 0, 0, null, null, null);
        }

        var end = mark.End ?? time.GetUtcNow().UtcDateTime;
        var seconds = Math.Max(0, (end - mark.Start).TotalSeconds);
        var child = mark.Child is null ? null : await hub.FindAsync(client, mark.Child, cancellationToken);
        var progress = mark.Child is null ? await JobAsync(mark, cancellationToken) : Progress(child);
        var best = Run(child)?.Tally;
        var state = mark.End is not null ? StageState.Done : over ? StageState.Stopped : StageState.Running;
        return new StageStatus(
            name, state, progress?.Done ?? 0, progress?.Total ?? 0, progress?.Unit, progress?.Note, seconds)
        {
            Best = best?.Best, Metric = best?.Best is null ? null : best.Metric,
        };
    }

    // A stage that was passed over without being begun was not needed.
    private static bool IsSkipped(string name, bool over, StageMarks? marks)
    {
        if (over) return true;
        var later = SearchStages.All.SkipWhile(s => s != name).Skip(name == SearchStages.Distillation ? 2 : 1);
        return marks is not null && later.Any(marks.Stages.ContainsKey);
    }

    private async Task<JobProgress?> JobAsync(StageMark mark, CancellationToken cancellationToken) =>
        mark.JobIds is [var first, ..] ? await progresses.TryReadAsync(first, mark.End is not null, cancellationToken) : null;

    private static EvolutionStatus? Run(OrchestrationMetadata? child) =>
        child is { SerializedCustomStatus: not null, Name: nameof(EvolutionOrchestrator) }
            ? child.ReadCustomStatusAs<EvolutionStatus>() : null;

    private static JobProgress? Progress(OrchestrationMetadata? child)
    {
        if (Run(child) is { Tally: var run } status)
        {
            var scorings = run.Of(RankerIds.Supernet).Scorings;
            var best = run.Best is { } value ? FormattableString.Invariant($"{run.Metric} {value:F3}, {scorings} supernet scorings") : null;
            return new JobProgress(run.Generation - 1, status.Iterations, "generations", best);
        }

        return child is { SerializedCustomStatus: not null, Name: nameof(DistillationOrchestrator) }
            && child.ReadCustomStatusAs<DistillationStatus>() is { } distillation
            ? new JobProgress(distillation.Labelled, distillation.Labels, "labels", Note(distillation))
            : null;
    }

    private static string? Note(DistillationStatus distillation)
    {
        var spend = distillation.Tally is null ? null : SpendText.Note(distillation.Tally, distillation.MaxCostUsd);
        return distillation.Job is null ? spend : spend is null ? "training the MLP" : $"training the MLP; {spend}";
    }

    private static string? Error(OrchestrationMetadata instance) => instance.RuntimeStatus switch
    {
        OrchestrationRuntimeStatus.Failed => instance.FailureDetails?.Chain().Last().ErrorMessage,
        OrchestrationRuntimeStatus.Terminated => Cancelled(instance.SerializedOutput),
        _ => null,
    };

    private static string Cancelled(string? output)
    {
        if (output is null) return "cancelled";
        using var document = JsonDocument.Parse(output);
        var reason = document.RootElement.ToString();
        return reason.Length == 0 ? "cancelled" : reason == SearchCanceller.Reason ? reason : $"cancelled: {reason}";
    }

    private static Dictionary<string, string> Links(string id, bool finished)
    {
        var links = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["self"] = $"/api/searches/{id}",
            ["durable"] = $"/runtime/webhooks/durabletask/instances/{id}",
            ["cancel"] = $"/api/searches/{id}/cancel",
        };
        if (!finished) return links;
        links["result"] = $"/api/searches/{id}/result";
        links["report"] = $"/api/searches/{id}/report";
        return links;
    }
}
