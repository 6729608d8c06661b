using HsNas.Contracts.Requests;
using HsNas.Dashboard.Models;
using HsNas.Functions.Distillation;
using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Evolution;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Ui;

/// <summary>The stages of a search on a line of time, with what was done once more.</summary>
public sealed class StageBars(HubIndex hub, JobTakes takes)
{
    private const int MostJobsAsked = 8;
    // Of what runs, the page says how long in steps: a page that changes each second is sent each second.
    private const double StepSeconds = 15;

    /// <summary>One bar a stage.</summary>
    /// <param name="client">The task hub.</param>
    /// <param name="status">How far the search is.</param>
    /// <param name="started">When it was submitted.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<StageBar>> OfAsync(
        DurableTaskClient client, SearchStatus status, DateTimeOffset started, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(status);
        var look = await hub.LookAsync(client, cancellationToken);
        var marks = look.Instances.GetValueOrDefault(status.Id) is { SerializedCustomStatus: not null } search
            ? search.ReadCustomStatusAs<StageMarks>()?.Stages ?? [] : [];
        return await Task.WhenAll(status.Stages.Select(s =>
            BarAsync(look, s, marks.GetValueOrDefault(s.Name), started.UtcDateTime, cancellationToken)));
    }

    private async Task<StageBar> BarAsync(
        HubLook look, StageStatus stage, StageMark? mark, DateTime started, CancellationToken cancellationToken)
    {
        var shown = stage.State == StageState.Running && stage.Seconds is { } s
            ? stage with { Seconds = Math.Ceiling(s / StepSeconds) * StepSeconds } : stage;
        if (mark is null) return new StageBar(shown, null, 0);
        var child = mark.Child is null ? null : look.Instances.GetValueOrDefault(mark.Child);
        var (failed, taken) = Told(child);
        var read = await TakenAsync(mark, [.. mark.JobIds, .. WaitedJobs.Of(child)], cancellationToken);
        var live = read.Except(taken?.Last ?? []).ToList();
        return new StageBar(shown, Math.Max(0, (mark.Start - started).TotalSeconds), mark.JobIds.Count)
        {
            Again = Marks((taken?.Count ?? 0) + live.Count, [.. taken?.Last ?? [], .. live]),
            Failed = Marks((mark.Failed?.Count ?? 0) + (failed?.Count ?? 0), [.. mark.Failed?.Last ?? [], .. failed?.Last ?? []]),
        };

        BarMarks Marks(int count, IEnumerable<DateTime> times) => new(count, [.. times.Order().Select(t => (t - started).TotalSeconds)]);
    }

    // What a child tells of itself.
    private static (Repeats? Failed, Repeats? Taken) Told(OrchestrationMetadata? child) => child switch
    {
        { SerializedCustomStatus: null } => default,
        { Name: nameof(EvolutionOrchestrator) } when child.ReadCustomStatusAs<EvolutionStatus>() is { } run => (run.Failed, run.Taken),
        { Name: nameof(DistillationOrchestrator) } when child.ReadCustomStatusAs<DistillationStatus>() is { } labels =>
            (labels.Failed, null),
        _ => default,
    };

    private async Task<List<DateTime>> TakenAsync(StageMark mark, IEnumerable<string> jobs, CancellationToken cancellationToken)
    {
        var times = new List<DateTime>();
        foreach (var job in jobs.Take(MostJobsAsked))
        {
            var taken = await takes.ReadAsync(job, mark.End is not null, cancellationToken);
            // A job may be shared: what happened before this search waited for it is not its own.
            times.AddRange(taken.Select(t => t.At.UtcDateTime).Where(t => t >= mark.Start && !(t > mark.End)));
        }

        return times;
    }
}
