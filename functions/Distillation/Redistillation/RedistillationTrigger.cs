using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Stores;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>
/// Distils the configured tasks' predictors anew on schedules, where there is reason to. Answers in the ledger cost nothing.
/// </summary>
public sealed class RedistillationTrigger(
    Redistiller redistiller, RedistillationOptions options, IArtifactStore store, TimeProvider time, ILogger<RedistillationTrigger> logger)
{
    /// <summary>Runs on NCRONTAB setting <c>RedistilSchedule</c>, and looks at each task that is due by its own schedule.</summary>
    [Function(nameof(RedistillationTrigger))]
    public async Task RunAsync(
        [TimerTrigger("%RedistilSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var warning in redistiller.Warnings()) logger.LogWarning("{Warning}", warning);
        foreach (var (task, schedule) in options.Schedules())
        {
            if (!await IsDueAsync(task, schedule, cancellationToken)) continue;
            try
            {
                await LookAsync(client, task, cancellationToken);
            }
            catch (Exception e) when (e is ArtifactNotFoundException or HsNas.Kernel.Validation.InvalidInputException)
            {
                // One task's missing seeds must not keep the others from their turn.
                logger.LogError("{Task} cannot be re-distilled: {Reason}", task, e.Message);
            }
        }
    }

    private async Task LookAsync(DurableTaskClient client, string task, CancellationToken cancellationToken)
    {
        var reasons = await redistiller.ReasonsAsync(task, cancellationToken);
        if (reasons.Count == 0)
        {
            logger.LogInformation("The predictor of {Task} is up to date", task);
            return;
        }

        var request = new RedistillationRequest
        {
            Labels = options.Labels,
            MaxCostUsd = (double?)options.MaxCostUsd,
            Fresh = reasons.Contains(RedistillationReasons.Age),
        };
        var (id, started) = await redistiller.StartAsync(client, task, request, reasons, cancellationToken);
        logger.LogInformation(
            "Re-distilling the predictor of {Task} because of {Reasons}: {InstanceId}{Note}",
            task, string.Join(", ", reasons), id, started ? "" : ", which runs already");
    }

    // A blob says when the schedule was last obeyed. The first look only notes the time.
    private async Task<bool> IsDueAsync(string task, NCrontab.CrontabSchedule? schedule, CancellationToken cancellationToken)
    {
        if (schedule is null) return true;
        var path = BlobLayout.RedistillationSchedule(task);
        var now = time.GetUtcNow().UtcDateTime;
        var last = await store.TryReadJsonAsync<LastLook>(path, cancellationToken);
        await store.WriteJsonAsync(path, new LastLook(now), cancellationToken);
        return last is not null && schedule.GetNextOccurrence(last.At) <= now;
    }

    private sealed record LastLook(DateTime At);
}
