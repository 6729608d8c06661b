using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Sessions;
using HsNas.Kernel;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Searches.Files;

/// <summary>The blobs of one search, typed.</summary>
public sealed class SearchFiles(IArtifactStore store)
{
    /// <summary>The request as accepted.</summary>
    public Task<SearchRequest> RequestAsync(string searchId, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<SearchRequest>(BlobLayout.RequestFile(searchId), cancellationToken);

    /// <summary>Stores an accepted request. One that is there stays, because its search may be running.</summary>
    public Task WriteRequestAsync(string searchId, SearchRequest request, CancellationToken cancellationToken) =>
        TryCreateAsync(BlobLayout.RequestFile(searchId), request, cancellationToken);

    /// <summary>The plan.</summary>
    public Task<SearchPlan> PlanAsync(string searchId, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<SearchPlan>(BlobLayout.PlanFile(searchId), cancellationToken);

    /// <summary>Stores a plan, unless there is one; the plan in force.</summary>
    public async Task<SearchPlan> CreatePlanAsync(string searchId, SearchPlan plan, CancellationToken cancellationToken) =>
        await TryCreateAsync(BlobLayout.PlanFile(searchId), plan, cancellationToken) ? plan : await PlanAsync(searchId, cancellationToken);

    /// <summary>The state whose population waits for scores in a generation.</summary>
    public Task<EvolutionState> StateAsync(string searchId, RunKind run, int generation, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<EvolutionState>(BlobLayout.StateFile(searchId, run, generation), cancellationToken);

    /// <summary>Stores a state; writing it again changes nothing, since it is a function of what came before.</summary>
    public Task WriteStateAsync(string searchId, RunKind run, int generation, EvolutionState state, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.StateFile(searchId, run, generation), state, cancellationToken);

    /// <summary>What a finished run ended with.</summary>
    public Task<FinalistList> FinalistsAsync(string searchId, RunKind run, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<FinalistList>(BlobLayout.FinalistsFile(searchId, run), cancellationToken);

    /// <summary>Stores what a run ended with.</summary>
    public Task WriteFinalistsAsync(string searchId, RunKind run, FinalistList finalists, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.FinalistsFile(searchId, run), finalists, cancellationToken);

    private Task<bool> TryCreateAsync<T>(BlobPath path, T value, CancellationToken cancellationToken) =>
        store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(value, Json.Options), cancellationToken);
}
