using HsNas.Functions.Hosting;
using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.Functions.Sweeps;

/// <summary>
/// One run of a sweep: starts the searches of its rows, a bounded number at once, and records how each ended. Which row is next is read
/// from blobs each time, so rows may be added and the sweep stopped meanwhile; an event only makes it look at once. It continues as
/// new every few rows, when the searches that it started have ended, so that history stays short.
/// </summary>
public static class SweepOrchestrator
{
    /// <summary>The event that says that the sweep's log has grown, or that a row has bought the labels that others wait for.</summary>
    public const string Changed = "changed";

    // A row leaves about ten events.
    private const int LooksPerHistory = 60;

    private static readonly TimeSpan StrangersWait = TimeSpan.FromSeconds(30);

    /// <summary>Runs until nothing is left to start, or the sweep is stopped; searches under way are waited for.</summary>
    [Function(nameof(SweepOrchestrator))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var input = context.GetInput<SweepRun>()!;
        var running = new List<(Task<string> Task, SweptSearch Search)>();
        var changed = context.WaitForExternalEvent<string>(Changed);
        for (var looks = 0; ; looks++)
        {
            var next = await LookAsync(context, input, running, isLast: looks >= LooksPerHistory);
            foreach (var search in next.Searches) running.Add((StartAsync(context, search), search));
            context.SetCustomStatus(new SweepProgress([.. running.Select(r => r.Search.Search)]));
            if (running.Count == 0 && next.Strangers == 0)
            {
                if (next.HasMore)
                {
                    context.ContinueAsNew(input);
                    return;
                }

                var end = new EndSweepInput(input, next.Entries);
                if (await context.CallActivityAsync<bool>(nameof(EndSweepActivity), end, Retries.Standard)) return;
                continue;
            }

            await WaitAsync(context, [changed, .. running.Select(r => r.Task)], next.Strangers > 0);
            if (changed.IsCompleted) changed = context.WaitForExternalEvent<string>(Changed);
            foreach (var ended in running.Where(r => r.Task.IsCompleted).ToList())
            {
                running.Remove(ended);
                var record = new RecordRowInput(input, ended.Search, await ErrorAsync(ended.Task));
                await context.CallActivityAsync(nameof(RecordRowActivity), record, Retries.Standard);
            }
        }
    }

    private static Task<NextRows> LookAsync(
        TaskOrchestrationContext context, SweepRun input, List<(Task<string> Task, SweptSearch Search)> running, bool isLast)
    {
        var look = new NextRowsInput(input, [.. running.Select(r => r.Search)], isLast);
        return context.CallActivityAsync<NextRows>(nameof(NextRowsActivity), look, Retries.Standard);
    }

    private static Task<string> StartAsync(TaskOrchestrationContext context, SweptSearch search) =>
        context.CallSubOrchestratorAsync<string>(
            nameof(SearchOrchestrator),
            new LabelAllowance(search.AllowanceUsd, search.BuysLabels ? new LabelWaiter(context.InstanceId, Changed) : null),
            new SubOrchestrationOptions(new TaskOptions(), search.Search));

    // Searches that an earlier run has started answer nobody: they are looked at again after a while.
    private static async Task WaitAsync(TaskOrchestrationContext context, List<Task> tasks, bool hasStrangers)
    {
        if (!hasStrangers)
        {
            await Task.WhenAny(tasks);
            return;
        }

        using var enough = new CancellationTokenSource();
        await Task.WhenAny([.. tasks, context.CreateTimer(StrangersWait, enough.Token)]);
        Cancel(enough);
    }

    // Not CancelAsync: an orchestrator may await nothing but durable tasks.
    private static void Cancel(CancellationTokenSource source) => source.Cancel();

    private static async Task<string?> ErrorAsync(Task<string> search)
    {
        try
        {
            await search;
            return null;
        }
        catch (TaskFailedException e)
        {
            return e.FailureDetails.Chain().Last().ErrorMessage;
        }
    }
}
