using HsNas.Contracts.Requests;
using HsNas.Evolution.Ranking;
using HsNas.Functions.Distillation;
using HsNas.Functions.Searches.Evolution;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches.Listing;

/// <summary>Puts a search's instances into one line.</summary>
internal static class SummaryOf
{
    /// <summary>The line of a search.</summary>
    /// <param name="search">Its instance, with custom status.</param>
    /// <param name="request">Its request.</param>
    /// <param name="run">Its run's instance; null before that began.</param>
    /// <param name="labels">Its distillation's instance; null where it has none.</param>
    /// <param name="now">The time.</param>
    public static SearchSummary Search(
        OrchestrationMetadata search, SearchRequest request, OrchestrationMetadata? run, OrchestrationMetadata? labels, DateTimeOffset now)
    {
        var phase = PhaseOf(search);
        var tally = run?.SerializedCustomStatus is null ? null : run.ReadCustomStatusAs<EvolutionStatus>()?.Tally;
        var spend = labels?.SerializedCustomStatus is null ? null : labels.ReadCustomStatusAs<DistillationStatus>();
        OrchestrationMetadata?[] all = [search, run, labels];
        return new SearchSummary(
            search.InstanceId, request.Task, request.Device, request.Limits, search.RuntimeStatus.ToString(), phase?.Name,
            search.CreatedAt, all.OfType<OrchestrationMetadata>().Max(i => i.LastUpdatedAt))
        {
            Best = tally?.Best,
            Metric = tally?.Metric,
            Generations = tally is null ? 0 : tally.Generation - 1,
            Iterations = request.Evolution.Iterations,
            CostUsd = spend?.Tally is not { } answers ? 0 : answers.Unpriced > 0 ? null : answers.SpentUsd,
            MaxCostUsd = request.MaxCostUsd,
            SecondsLeft = search.IsCompleted || phase is not { Mark.End: null } open ? null : Left(open, request, tally, spend, now),
        };
    }

    private static (string Name, StageMark Mark)? PhaseOf(OrchestrationMetadata search)
    {
        if (search.SerializedCustomStatus is null
            || search.ReadCustomStatusAs<StageMarks>() is not { Stages.Count: > 0 } marks) return null;
        // Of two that run side by side, the one that began last; of finished ones, the last to begin.
        var last = marks.Stages.OrderBy(s => s.Value.End is null).ThenBy(s => s.Value.Start)
            .ThenBy(s => SearchStages.All.ToList().IndexOf(s.Key)).Last();
        return (last.Key, last.Value);
    }

    // Generations of the distilled predictor take next to nothing: their pace says nothing of those that the supernet ranks.
    private static double? Left(
        (string Name, StageMark Mark) phase, SearchRequest request, RunTally? tally, DistillationStatus? labels, DateTimeOffset now)
    {
        if (phase.Name == SearchStages.Distillation && labels is { Labelled: > 0 })
            return (now.UtcDateTime - phase.Mark.Start).TotalSeconds / labels.Labelled * (labels.Labels - labels.Labelled);
        if (phase.Name != SearchStages.Search || tally is null) return null;
        var supernet = tally.Of(RankerIds.Supernet);
        var distilled = tally.Of(RankerIds.Distilled);
        var pace = supernet.Generations > 0 ? supernet
            : distilled.Generations > 0 && request.Schedule.CoversAll(request.Evolution.Iterations) ? distilled : null;
        return pace is null ? null : pace.Seconds / pace.Generations * Math.Max(0, request.Evolution.Iterations - (tally.Generation - 1));
    }
}
