using System.Globalization;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Predictors;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>Starts distillations by timer and by hand, and says whether one is due.</summary>
public sealed class Redistiller(
    TaskStore tasks, PredictorStore predictors, DistillationMaterial material, IArtifactStore store, LlmOptions llm, LlmPrices prices,
    RedistillationOptions options, TimeProvider time) : IDistillationOutlook
{
    private const int WarningDays = 60;

    /// <summary>Why the task's predictor should be distilled anew now.</summary>
    public async Task<IReadOnlyList<string>> ReasonsAsync(string task, CancellationToken cancellationToken)
    {
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var now = await material.OriginAsync(task, llm, epoch: "", cancellationToken);
        // An epoch only says when answers were bought anew. It is no other way of asking, so it is no reason.
        if (champion?.Origin is { } then && then.Settings.StartsWith(now.Settings, StringComparison.Ordinal))
            now = now with { Settings = then.Settings };
        return RedistillationReasons.Of(champion, now, time.GetUtcNow() - (champion?.At ?? default), options.MaxAge);
    }

    /// <summary>Warnings of what will stop distillations soon; empty where there are none.</summary>
    public IReadOnlyList<string> Warnings()
    {
        if (llm.RetirementDate is not { } retired) return [];
        var days = retired.DayNumber - DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        var model = $"{llm.Model} {llm.ModelVersion}";
        return days switch
        {
            > WarningDays => [],
            > 0 => [$"{model} is retired on {retired:yyyy-MM-dd}, in {days} days: configure its successor and re-distil before."],
            _ => [$"{model} was retired on {retired:yyyy-MM-dd}: only answers in the ledger can still be had."],
        };
    }

    /// <summary>Why a request cannot be done; null where it can.</summary>
    public async Task<FieldError?> RefusalAsync(string task, RedistillationRequest request, CancellationToken cancellationToken)
    {
        if (request.MaxCostUsd is not null && prices.Unknown is { } unknown) return new FieldError("maxCostUsd", unknown);
        try
        {
            var definition = await tasks.GetAsync(task, cancellationToken);
            return await tasks.TryGetSeedsAsync(definition, cancellationToken) is { } seeds
                ? LabelRoom.Fault(definition, request.Labels, seeds.Records.Count)
                : new FieldError("task", $"{task} has no trained seed architectures; see 'hsnas seeds'.");
        }
        catch (InvalidInputException e)
        {
            return new FieldError("task", e.Message);
        }
    }

    /// <summary>Starts a re-distillation unless one of the task runs; its instance id and whether it was started now.</summary>
    /// <param name="client">Durable client.</param>
    /// <param name="task">A known task.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="reasons">Why; kept with the decision.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<(string Id, bool Started)> StartAsync(
        DurableTaskClient client, string task, RedistillationRequest request, IReadOnlyList<string> reasons,
        CancellationToken cancellationToken)
    {
        if (await TryGetRunningAsync(client, task, cancellationToken) is { } running) return (running, false);
        var now = time.GetUtcNow();
        var isManual = reasons.Contains(RedistillationReasons.Manual);
        // A timer that fires twice in a minute finds the instance of the first time. People may ask again at once.
        var moment = now.ToString(isManual ? "yyyyMMddHHmmssfff" : "yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var id = $"redistil-{task}-{moment}";
        if (await client.GetInstanceAsync(id, cancellationToken) is not null) return (id, false);
        var input = new DistillationInput(task, request.Labels)
        {
            MaxCostUsd = (decimal?)request.MaxCostUsd,
            Epoch = request.Fresh ? now.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : "",
            Reasons = reasons,
            ProviderBatchWaits = options.Batch && !isManual ? new ProviderBatchWaits(options.BatchPoll, options.BatchPollMost) : null,
        };
        await store.WriteJsonAsync(BlobLayout.LatestRedistillation(task), new LatestRedistillation(id), cancellationToken);
        await client.ScheduleNewOrchestrationInstanceAsync(
            nameof(DistillationOrchestrator), input, new StartOrchestrationOptions(id), cancellationToken);
        return (id, true);
    }

    /// <inheritdoc/>
    public async Task<DistillationOutlook> OutlookAsync(DurableTaskClient client, string task, CancellationToken cancellationToken)
    {
        var (due, fault) = await TryGetReasonsAsync(task, cancellationToken);
        string[] faults = fault is null ? [] : [fault];
        return new DistillationOutlook(due, [.. Warnings(), .. faults], await TryGetRunningAsync(client, task, cancellationToken));
    }

    private async Task<string?> TryGetRunningAsync(DurableTaskClient client, string task, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<LatestRedistillation>(BlobLayout.LatestRedistillation(task), cancellationToken) is { } latest
        && await client.GetInstanceAsync(latest.InstanceId, cancellationToken) is { IsCompleted: false } ? latest.InstanceId : null;

    private async Task<(IReadOnlyList<string> Due, string? Fault)> TryGetReasonsAsync(string task, CancellationToken cancellationToken)
    {
        try
        {
            var hasSeeds = await store.ExistsAsync(BlobLayout.Seeds(task), cancellationToken);
            return (hasSeeds ? await ReasonsAsync(task, cancellationToken) : [], null);
        }
        catch (InvalidInputException e)
        {
            return ([], e.Message);
        }
    }
}

/// <summary>The task's latest re-distillation.</summary>
/// <param name="InstanceId">Its orchestration.</param>
internal sealed record LatestRedistillation(string InstanceId);
