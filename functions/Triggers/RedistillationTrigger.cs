using HsNas.Functions.Activities;
using HsNas.Functions.Hosting;
using HsNas.Functions.Orchestrations;
using HsNas.Shared.Predictors;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Triggers;

/// <summary>Re-distils the configured tasks' predictors on a schedule; answers known to the ledger cost nothing.</summary>
internal sealed class RedistillationTrigger(PipelineOptions options, TimeProvider time, ILogger<RedistillationTrigger> logger)
{
    /// <summary>Runs on NCRONTAB setting <c>RedistilSchedule</c>.</summary>
    [Function(nameof(RedistillationTrigger))]
    public async Task RunAsync([TimerTrigger("%RedistilSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var task in options.RedistilTasks.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            // One a day and task: a timer that fires twice finds the instance there.
            var id = FormattableString.Invariant($"redistil-{task}-{time.GetUtcNow():yyyyMMdd}");
            if (await client.GetInstanceAsync(id, cancellationToken) is not null) continue;
            logger.LogInformation("Re-distilling the predictor of {Task}; the timer {Late}", task, timer.IsPastDue ? "is late" : "is on time");
            var input = new DistillationInput(task, PredictorDistiller.PaperPoolSize);
            await client.ScheduleNewOrchestrationInstanceAsync(nameof(DistillationOrchestrator), input, new StartOrchestrationOptions(id), cancellationToken);
        }
    }
}
