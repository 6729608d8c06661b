using System.Text.Json;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Functions.Predictors;

/// <summary>
/// Distilled predictors of a task, and the decisions about them. The champion of a task is the distilled predictor in force: the
/// one that was promoted or selected last.
/// </summary>
public sealed class PredictorStore(IArtifactStore store)
{
    /// <summary>The champion; null where none was distilled.</summary>
    public Task<DistilledPredictorRecord?> TryGetChampionAsync(string task, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<DistilledPredictorRecord>(BlobLayout.Champion(task), cancellationToken);

    /// <summary>Makes a distilled predictor the champion.</summary>
    public Task PromoteAsync(string task, DistilledPredictorRecord predictor, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.Champion(task), predictor, cancellationToken);

    /// <summary>Keeps a record beside its model, champion or not, so that it can be selected.</summary>
    public Task KeepAsync(string task, DistilledPredictorRecord predictor, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.PredictorRecord(task, predictor.Fingerprint), predictor, cancellationToken);

    /// <summary>A record by fingerprint.</summary>
    /// <exception cref="ArtifactNotFoundException">There is none.</exception>
    public Task<DistilledPredictorRecord> GetAsync(string task, string fingerprint, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<DistilledPredictorRecord>(BlobLayout.PredictorRecord(task, fingerprint), cancellationToken);

    /// <summary>A record by fingerprint; null where there is none.</summary>
    public Task<DistilledPredictorRecord?> TryGetAsync(string task, string fingerprint, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<DistilledPredictorRecord>(BlobLayout.PredictorRecord(task, fingerprint), cancellationToken);

    /// <summary>
    /// Keeps a decision and returns it. Where one of the same id is kept already, that one is returned instead, so that a repeated
    /// activity decides nothing anew.
    /// </summary>
    public async Task<PromotionDecision> DecideAsync(PromotionDecision decision, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(decision);
        var path = BlobLayout.Decision(decision.Task, decision.Id);
        return await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(decision, Json.Options), cancellationToken)
            ? decision
            : await store.ReadJsonAsync<PromotionDecision>(path, cancellationToken);
    }

    /// <summary>The decision of an id; null where there is none.</summary>
    public Task<PromotionDecision?> TryGetDecisionAsync(string task, string id, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<PromotionDecision>(BlobLayout.Decision(task, id), cancellationToken);

    /// <summary>The newest decisions of a task, newest first.</summary>
    public async Task<IReadOnlyList<PromotionDecision>> DecisionsAsync(string task, int most, CancellationToken cancellationToken)
    {
        const string container = BlobLayout.PredictorsContainer;
        var names = new List<string>();
        await foreach (var name in store.ListAsync(container, BlobLayout.Decisions(task), cancellationToken)) names.Add(name);
        var decisions = new List<PromotionDecision>();
        foreach (var name in names.AsEnumerable().Reverse().Take(most))
            decisions.Add(await store.ReadJsonAsync<PromotionDecision>(new BlobPath(container, name), cancellationToken));
        return decisions;
    }

    /// <summary>Loads a distilled predictor for inference.</summary>
    public async Task<DistilledPredictor> LoadAsync(
        TaskDefinition task, string model, DemonstratedRange range, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        var blob = await store.ReadAsync(BlobPath.Parse(model), cancellationToken);
        return new DistilledPredictor(task.Space, MlpModel.Load(new MemoryStream(blob), model), range);
    }
}
