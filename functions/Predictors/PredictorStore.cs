using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evaluation.Floors;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Functions.Predictors;

/// <summary>Distilled predictors of a task: loading them, judging them, and which one is in force.</summary>
public sealed class PredictorStore(TaskStore tasks, IArtifactStore store)
{
    /// <summary>The predictor in force; null where none was distilled.</summary>
    public Task<ChampionRecord?> TryGetChampionAsync(string task, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<ChampionRecord>(BlobLayout.Champion(task), cancellationToken);

    /// <summary>Puts a predictor in force.</summary>
    public Task PromoteAsync(string task, ChampionRecord champion, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(BlobLayout.Champion(task), champion, cancellationToken);

    /// <summary>Keeps a predictor's record beside its model, in force or not, so that it can be selected.</summary>
    public Task KeepAsync(string task, ChampionRecord predictor, CancellationToken cancellationToken) =>
        store.WriteJsonAsync(RecordPath(task, predictor.Fingerprint), predictor, cancellationToken);

    /// <summary>A predictor's record by fingerprint.</summary>
    public Task<ChampionRecord> GetAsync(string task, string fingerprint, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<ChampionRecord>(RecordPath(task, fingerprint), cancellationToken);

    /// <summary>A predictor's record by fingerprint; null where there is none.</summary>
    public Task<ChampionRecord?> TryGetAsync(string task, string fingerprint, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<ChampionRecord>(RecordPath(task, fingerprint), cancellationToken);

    /// <summary>Keeps a decision; one of the same id stands and is returned, so that a repeated activity decides nothing anew.</summary>
    public async Task<ChampionDecision> DecideAsync(ChampionDecision decision, CancellationToken cancellationToken)
    {
        var path = DecisionPath(decision.Task, decision.Id);
        return await store.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(decision, Json.Options), cancellationToken)
            ? decision
            : await store.ReadJsonAsync<ChampionDecision>(path, cancellationToken);
    }

    /// <summary>The decision of an id; null where there is none.</summary>
    public Task<ChampionDecision?> TryGetDecisionAsync(string task, string id, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<ChampionDecision>(DecisionPath(task, id), cancellationToken);

    /// <summary>The newest decisions of a task, newest first.</summary>
    public async Task<IReadOnlyList<ChampionDecision>> DecisionsAsync(string task, int most, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await foreach (var name in store.ListAsync(BlobLayout.PredictorsContainer, $"{task}/decisions/", cancellationToken)) names.Add(name);
        var decisions = new List<ChampionDecision>();
        foreach (var name in names.AsEnumerable().Reverse().Take(most))
            decisions.Add(await store.ReadJsonAsync<ChampionDecision>(new BlobPath(BlobLayout.PredictorsContainer, name), cancellationToken));
        return decisions;
    }

    /// <summary>Both predictors on the seed architectures that neither was shown.</summary>
    public async Task<(GoldScore Challenger, GoldScore? Champion, int Gold)> CompareAsync(
        TaskDefinition task, DistilledPredictor challenger, ChampionRecord? champion, TfsEvalSet seeds, CancellationToken cancellationToken)
    {
        var shown = TaskStore.SplitOf(seeds).Demonstrations.Select(d => d.Architecture.Key).Concat(champion?.Origin?.Shown ?? []).ToHashSet(StringComparer.Ordinal);
        var gold = seeds.Records.Where(r => !shown.Contains(r.Architecture.Key)).ToList();
        if (gold.Count == 0) throw new DataFormatException(BlobLayout.Seeds(task.Name).ToString(), "architectures", "all shown to a predictor", "some that neither predictor was shown");
        var rival = champion is null ? null : await LoadAsync(task, champion.Model, champion.Range, cancellationToken);
        GoldScore Score(DistilledPredictor predictor)
        {
            var measured = Measure(gold.Select(r => (r, predictor.Predict(r.Architecture).Value)), predictor.Direction);
            return new GoldScore(measured.Mae ?? 0, measured.Tau);
        }

        return (Score(challenger), rival is null ? null : Score(rival), gold.Count);
    }

    /// <summary>Loads a predictor for inference.</summary>
    public async Task<DistilledPredictor> LoadAsync(TaskDefinition task, string model, DemonstratedRange range, CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync(BlobPath.Parse(model), cancellationToken);
        return new DistilledPredictor(task.Space, MlpModel.Load(new MemoryStream(blob), model), range);
    }

    /// <summary>Judges a predictor on the seed architectures it was not shown, beside the depth floor.</summary>
    public static PredictorQuality Judge(IPerformancePredictor predictor, IReadOnlyList<double> predictions, TfsEvalSet seeds)
    {
        var split = TaskStore.SplitOf(seeds);
        var shown = split.Demonstrations.Select(d => d.ArchitectureId).ToHashSet();
        var points = seeds.Records.Zip(predictions, (r, p) => new PredictedAndTrained(p, r.ValidBleu, shown.Contains(r.ArchitectureId))).ToList();
        var floor = FloorPredictor.Depth([.. split.Demonstrations.Select(d => d.ToDemonstration())]);
        var judged = seeds.Records.Zip(predictions).Where(x => !shown.Contains(x.First.ArchitectureId)).ToList();
        var own = Measure(judged.Select(x => (x.First, x.Second)), predictor.Direction);
        var floors = Measure(judged.Select(x => (x.First, floor.Predict(x.First.Architecture).Value)), floor.Direction);
        return new PredictorQuality(own.Mae ?? 0, own.Tau, floors.Mae ?? 0, floors.Tau, points);
    }

    /// <summary>The seeds a task is judged on.</summary>
    public async Task<TfsEvalSet> SeedsAsync(TaskDefinition task, CancellationToken cancellationToken) =>
        await tasks.TryGetSeedsAsync(task, cancellationToken) ?? throw new ArtifactNotFoundException(BlobLayout.Seeds(task.Name));

    private static BlobPath RecordPath(string task, string fingerprint) => new(BlobLayout.PredictorsContainer, $"{task}/{fingerprint}/champion.json");

    private static BlobPath DecisionPath(string task, string id) => new(BlobLayout.PredictorsContainer, $"{task}/decisions/{id}.json");

    private static ScoreMetrics Measure(IEnumerable<(TfsEvalRecord Record, double Predicted)> items, MetricDirection direction) => ScoreMetrics.Of(
        [.. items.Select(i => new ScoredArchitecture(i.Record.ArchitectureId, i.Record.Architecture.DecoderLayers, i.Predicted, i.Record.ValidBleu, Extrapolating: false))],
        direction, predictsBleu: true, k: 5);
}
