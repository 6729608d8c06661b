using System.Threading.Channels;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Exceptions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>Runs activities side by side; an answer and the removal of its task are one transaction.</summary>
internal sealed class ActivityDispatcher(OrchestrationEngine engine, IDurableFunctions functions, EngineOptions options, ILogger logger)
{
    private readonly Channel<ActivityWork> channel = Channel.CreateUnbounded<ActivityWork>();

    internal void Enqueue(ActivityWork work) => channel.Writer.TryWrite(work);

    internal Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(
            Enumerable.Range(0, options.MaxConcurrentActivities).Select(_ => Task.Run(() => LoopAsync(stopping), CancellationToken.None)));

    private async Task LoopAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var work in channel.Reader.ReadAllAsync(stopping))
            {
                stopping.ThrowIfCancellationRequested(); // The reader itself looks only where it has to wait.
                var answer = await ExecuteAsync(work, stopping);
                if (answer.Kind == EntryKind.TaskCompleted || !stopping.IsCancellationRequested)
                {
                    engine.AnswerActivity(work, answer); // A failure may only mean that the host stops.
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Unanswered work stays in the store. The next start dispatches it again.
        }
        catch (Exception failure)
        {
            engine.Fault(failure);
        }
    }

    private async Task<HistoryEntry> ExecuteAsync(ActivityWork work, CancellationToken stopping)
    {
        if (!functions.HasActivity(work.Name))
        {
            return Failed(work, new TaskFailureDetails(
                Retrying.ActivityNotFound, $"No activity task named '{work.Name}' was found.", null, null, null));
        }

        try
        {
            var result = await functions.RunActivityAsync(work.Name, work.Instance, work.Input, stopping);
            return new HistoryEntry { Kind = EntryKind.TaskCompleted, TaskId = work.TaskId, Result = result };
        }
#pragma warning disable CA1031 // Whatever an activity throws is the orchestrator's to handle.
        catch (Exception thrown)
#pragma warning restore CA1031
        {
            var failure = DurableSerializationException.CauseOf(thrown);
            if (!stopping.IsCancellationRequested)
            {
                logger.LogError(failure, "Activity {Activity} #{TaskId} of {InstanceId} failed", work.Name, work.TaskId, work.Instance);
            }

            return Failed(work, TaskFailureDetails.FromException(failure));
        }
    }

    private static HistoryEntry Failed(ActivityWork work, TaskFailureDetails failure) =>
        new() { Kind = EntryKind.TaskFailed, TaskId = work.TaskId, Failure = failure };
}
