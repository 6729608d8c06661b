using HsNas.Functions.Distillation;
using HsNas.Functions.Searches.Evolution;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Searches;

/// <summary>Which worker jobs an instance waits for, read from its custom status.</summary>
internal static class WaitedJobs
{
    /// <summary>Ids of the jobs; none where the instance waits for none, or was read without its custom status.</summary>
    public static IEnumerable<string> Of(OrchestrationMetadata? instance) => instance switch
    {
        { SerializedCustomStatus: null } => [],
        { Name: nameof(SearchOrchestrator) } => OpenStages(instance).SelectMany(m => m.JobIds),
        { Name: nameof(EvolutionOrchestrator) } => instance.ReadCustomStatusAs<EvolutionStatus>()?.Waiting.Select(j => j.JobId) ?? [],
        { Name: nameof(DistillationOrchestrator) } => instance.ReadCustomStatusAs<DistillationStatus>()?.Job is { } job ? [job.JobId] : [],
        _ => [],
    };

    /// <summary>The stages of a search that were begun and not ended.</summary>
    public static IEnumerable<StageMark> OpenStages(OrchestrationMetadata search) =>
        search.ReadCustomStatusAs<StageMarks>()?.Stages.Values.Where(m => m.End is null) ?? [];
}
