using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Kernel;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Searches.Files;

/// <summary>The blobs of one search, typed.</summary>
public sealed class SearchFiles(IArtifactStore store)
{
    /// <summary>The request as accepted.</summary>
    public Task<SearchRequest> RequestAsync(string searchId, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<SearchRequest>(BlobLayout.Search(searchId, "request.json"), cancellationToken);

    /// <summary>Stores an accepted request; one that is there stands, because its search may be running.</summary>
    public Task WriteRequestAsync(string searchId, SearchRequest request, CancellationToken cancellationToken) =>
        TryCreateAsync(BlobLayout.Search(searchId, "request.json"), request, cancellationToken);

    /// <summary>The plan, with the predictor that was fixed since.</summary>
    public async Task<SearchPlan> PlanAsync(string searchId, CancellationToken cancellationToken)
    {
        var plan = await store.ReadJsonAsync<SearchPlan>(PlanPath(searchId), cancellationToken);
        return plan.Predictor.Length == 0 && await store.TryReadJsonAsync<string>(PredictorPath(searchId), cancellationToken) is { } fixedLater
            ? plan with { Predictor = fixedLater } : plan;
    }

    /// <summary>Stores a plan, unless there is one; the plan in force.</summary>
    public async Task<SearchPlan> CreatePlanAsync(string searchId, SearchPlan plan, CancellationToken cancellationToken) =>
        await TryCreateAsync(PlanPath(searchId), plan, cancellationToken) ? plan : await PlanAsync(searchId, cancellationToken);

    /// <summary>Fixes the predictor of a plan that has none; the first one stands.</summary>
    public Task FixPredictorAsync(string searchId, string fingerprint, CancellationToken cancellationToken) =>
        TryCreateAsync(PredictorPath(searchId), fingerprint, cancellationToken);

    /// <summary>The state whose population waits for scores in a generation; null before it was reached.</summary>
    public Task<EvolutionState?> TryReadStateAsync(string searchId, string run, int generation, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<EvolutionState>(StatePath(searchId, run, generation), cancellationToken);

    /// <summary>Stores a state; writing it again changes nothing, since it is a function of what came before.</summary>
    public Task WriteStateAsync(string searchId, string run, int generation, EvolutionState state, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(StatePath(searchId, run, generation), state, cancellationToken);

    /// <summary>What a finished run ended with.</summary>
    public Task<FinalistList> FinalistsAsync(string searchId, string run, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<FinalistList>(BlobLayout.Search(searchId, $"{run}/finalists.json"), cancellationToken);

    /// <summary>Stores what a run ended with.</summary>
    public Task WriteFinalistsAsync(string searchId, string run, FinalistList finalists, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.Search(searchId, $"{run}/finalists.json"), finalists, cancellationToken);

    private Task<bool> TryCreateAsync<T>(BlobPath path, T value, CancellationToken cancellationToken) =>
        store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), cancellationToken);

    private static BlobPath PlanPath(string searchId) => BlobLayout.Search(searchId, "plan.json");

    private static BlobPath PredictorPath(string searchId) => BlobLayout.Search(searchId, "predictor.json");

    private static BlobPath StatePath(string searchId, string run, int generation) =>
        BlobLayout.Search(searchId, $"{run}/generation-{generation:00000}.json");
}
