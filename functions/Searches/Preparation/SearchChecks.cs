using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Text;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Llm.Labelling;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Preparation;

/// <summary>Whether a well-formed request can be done here at all, asked before anything is started.</summary>
public sealed class SearchChecks(
    TaskStore tasks, FeasibilityService feasibility, IArtifactStore store, LlmPrices prices, TextTeachers teachers)
{
    private const int FewestDemonstrations = 3;

    /// <summary>Why it cannot be done; null where nothing speaks against it.</summary>
    public async Task<FieldError?> RefusalAsync(SearchRequest request, CancellationToken cancellationToken)
    {
        try
        {
            if (request is { MaxCostUsd: not null, UsesLanguageModel: true } && prices.Unknown is { } unknown)
                return new FieldError("maxCostUsd", unknown);
            await feasibility.EnsurePossibleAsync(request, withLatency: true, cancellationToken);
            var task = await tasks.GetAsync(request.Task, cancellationToken);
            if (await MissingAsync(request, task, cancellationToken) is { } missing) return new FieldError("task", missing);
            if (await teachers.FaultAsync(request, cancellationToken) is { } fault) return fault;
            if (!request.UsesDistilled) return null;
            var seeds = request.UsesLanguageModel ? (await tasks.TryGetSeedsAsync(task, cancellationToken))!.Records.Count : 0;
            var crowded = LabelRoom.Fault(task, request.Labels, seeds);
            return crowded is null || await store.ExistsAsync(BlobLayout.Champion(task.Name), cancellationToken) ? null : crowded;
        }
        catch (InfeasibleSearchException e)
        {
            return new FieldError("limits", e.Message);
        }
        catch (OptionException e) when (e.Field == SearchFields.LatencyConfidence.Path)
        {
            return new FieldError(e.Field, $"is {e.Value}; expected {e.Allowed}.");
        }
        catch (InvalidInputException e)
        {
            return new FieldError("task", e.Message);
        }
    }

    /// <summary>What the task lacks for the request, as a sentence; null where it lacks nothing.</summary>
    /// <exception cref="InvalidInputException">Its seeds are malformed.</exception>
    public async Task<string?> MissingAsync(SearchRequest request, TaskDefinition task, CancellationToken cancellationToken)
    {
        if (task.Training is null) return $"{task.Name} has no training recipe, so no supernet can be trained for it.";
        if (request.UsesText && await tasks.TryGetDatasetAsync(task.Name, cancellationToken) is null)
        {
            return $"{task.Name} has no data set here; prepare it first: hsnas data prepare {task.Name}. "
                + "Without one the distilled predictor must rank every generation (window 1 to the last), and no winner can be trained "
                + "(trainWinner false).";
        }

        if (!request.UsesLanguageModel) return null;
        if (await tasks.TryGetSeedsAsync(task, cancellationToken) is not { } seeds)
            return $"{task.Name} has no trained seed architectures for the language model to learn from; see 'hsnas seeds'.";
        var shown = TaskStore.SplitOf(seeds).Demonstrations.Count;
        return shown < FewestDemonstrations ? $"{task.Name} has {shown} demonstrations; at least {FewestDemonstrations} are needed." : null;
    }
}
