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
using HsNas.Spaces;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>Starts re-distillations, by timer and by hand, and says how a task's predictor stands.</summary>
public sealed class Redistiller(
    TaskStore tasks, PredictorStore predictors, DistillationMaterial material, IArtifactStore store, LlmOptions llm, LlmPrices prices, RedistillationOptions options, TimeProvider time)
{
    private const int DecisionsShown = 50;
    private const int WarningDays = 60;

    /// <summary>Why the task's predictor should be distilled anew now.</summary>
    public async Task<IReadOnlyList<string>> ReasonsAsync(string task, CancellationToken cancellationToken)
    {
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var now = await material.OriginAsync(task, llm, epoch: "", cancellationToken);
        // An epoch only says when answers were bought anew; it is no other way of asking.
        if (champion?.Origin is { } then) now = now with { Settings = then.Settings.StartsWith(now.Settings, StringComparison.Ordinal) ? then.Settings : now.Settings };
        return RedistillationReasons.Of(champion, now, time.GetUtcNow() - (champion?.At ?? default), options.MaxAge);
    }

    /// <summary>What users should know before it hurts; empty where there is nothing.</summary>
    public IReadOnlyList<string> Warnings()
    {
        if (llm.RetirementDate is not { } retired) return [];
        var days = retired.DayNumber - DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber;
        return days switch
        {
            > WarningDays => [],
            > 0 => [string.Create(CultureInfo.InvariantCulture, $"{llm.Model} {llm.ModelVersion} is retired on {retired:yyyy-MM-dd}, in {days} days: configure its successor and re-distil before.")],
            _ => [string.Create(CultureInfo.InvariantCulture, $"{llm.Model} {llm.ModelVersion} was retired on {retired:yyyy-MM-dd}: only answers in the ledger can still be had.")],
        };
    }

    /// <summary>Why a request cannot be done; null where it can.</summary>
    public async Task<FieldError?> RefusalAsync(string task, RedistillationRequest request, CancellationToken cancellationToken)
    {
        if (request.MaxCostUsd is not null && prices.Unknown is { } unknown) return new FieldError("maxCostUsd", unknown);
        try
        {
            var definition = await tasks.GetAsync(task, cancellationToken);
            if (await tasks.TryGetSeedsAsync(definition, cancellationToken) is not { } seeds) return new FieldError("task", $"{task} has no trained seed architectures; see 'hsnas seeds'.");
            var room = SearchSpaceCounts.Of(definition.Space).Architectures - seeds.Records.Count;
            return request.Labels > room ? new FieldError("labels", $"is {request.Labels}; the space of {task} holds only {room} architectures that are not seeds.") : null;
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
        DurableTaskClient client, string task, RedistillationRequest request, IReadOnlyList<string> reasons, CancellationToken cancellationToken)
    {
        if (await TryGetRunningAsync(client, task, cancellationToken) is { } running) return (running, false);
        var now = time.GetUtcNow();
        // A timer that fires twice in a minute finds the instance there; people may ask again at once.
        var moment = now.ToString(reasons.Contains(RedistillationReasons.Manual) ? "yyyyMMddHHmmssfff" : "yyyyMMddHHmm", CultureInfo.InvariantCulture);
        var id = $"redistil-{task}-{moment}";
        if (await client.GetInstanceAsync(id, cancellationToken) is not null) return (id, false);
        var input = new DistillationInput(task, request.Labels)
        {
            MaxCostUsd = (decimal?)request.MaxCostUsd,
            Epoch = request.Fresh ? now.ToString("yyyyMMdd", CultureInfo.InvariantCulture) : "",
            Reasons = reasons,
            Batches = options.Batch && !reasons.Contains(RedistillationReasons.Manual) ? new BatchWaits(options.BatchPoll, options.BatchPollMost) : null,
        };
        await store.WriteJsonAsync(LatestPath(task), new LatestRedistillation(id), cancellationToken);
        await client.ScheduleNewOrchestrationInstanceAsync(nameof(DistillationOrchestrator), input, new StartOrchestrationOptions(id), cancellationToken);
        return (id, true);
    }

    /// <summary>How the task's predictor stands; null where there is no such task.</summary>
    public async Task<PredictorStatus?> TryReadAsync(DurableTaskClient client, string task, CancellationToken cancellationToken)
    {
        if (!await ExistsAsync(task, cancellationToken)) return null;
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var (due, fault) = await TryGetReasonsAsync(task, cancellationToken);
        return new PredictorStatus(
            task, champion, due, [.. Warnings(), .. fault is null ? Array.Empty<string>() : [fault]],
            await TryGetRunningAsync(client, task, cancellationToken), await predictors.DecisionsAsync(task, DecisionsShown, cancellationToken));
    }

    /// <summary>Puts a kept predictor in force by hand; null where the task has none of that fingerprint.</summary>
    public async Task<ChampionDecision?> SelectAsync(string task, string fingerprint, CancellationToken cancellationToken)
    {
        if (await predictors.TryGetAsync(task, fingerprint, cancellationToken) is not { } chosen) return null;
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var now = time.GetUtcNow();
        var held = chosen.Quality.Points.Count(p => !p.Shown);
        var decision = await predictors.DecideAsync(
            new ChampionDecision(string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{fingerprint}"), task, fingerprint, "selected", "selected by hand",
                [RedistillationReasons.Manual], new GoldScore(chosen.Quality.Mae, chosen.Quality.Tau), champion?.Fingerprint, champion?.Quality.Mae, held, chosen.Labels, now),
            cancellationToken);
        await predictors.PromoteAsync(task, chosen with { Reason = decision.Reason, At = now }, cancellationToken);
        return decision;
    }

    /// <summary>Whether there is a task of that name.</summary>
    public async Task<bool> ExistsAsync(string task, CancellationToken cancellationToken) => (await tasks.NamesAsync(cancellationToken)).Contains(task, StringComparer.Ordinal);

    private async Task<string?> TryGetRunningAsync(DurableTaskClient client, string task, CancellationToken cancellationToken) =>
        await store.TryReadJsonAsync<LatestRedistillation>(LatestPath(task), cancellationToken) is { } latest
        && await client.GetInstanceAsync(latest.InstanceId, cancellationToken) is { IsCompleted: false } ? latest.InstanceId : null;

    private async Task<(IReadOnlyList<string> Due, string? Fault)> TryGetReasonsAsync(string task, CancellationToken cancellationToken)
    {
        try
        {
            return await store.ExistsAsync(BlobLayout.Seeds(task), cancellationToken) ? (await ReasonsAsync(task, cancellationToken), null) : ([], null);
        }
        catch (InvalidInputException e)
        {
            return ([], e.Message);
        }
    }

    private static BlobPath LatestPath(string task) => new(BlobLayout.PredictorsContainer, $"{task}/redistillation.json");
}

/// <summary>The task's latest re-distillation.</summary>
/// <param name="InstanceId">Its orchestration.</param>
internal sealed record LatestRedistillation(string InstanceId);
