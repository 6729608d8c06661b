using HsNas.Functions.Tasks;
using HsNas.Shared.Messaging;
using HsNas.Shared.Predictors;
using HsNas.Shared.Predictors.Floors;
using HsNas.Shared.Predictors.Mlp;
using HsNas.Shared.Predictors.Scoring;
using HsNas.Shared.Predictors.TfsEval;
using HsNas.Shared.Requests;
using HsNas.Shared.Tasks;

namespace HsNas.Functions.Llm;

/// <summary>Distilled predictors of a task: loading them, judging them, and which one is in force.</summary>
internal sealed class PredictorStore(TaskStore tasks, IArtifactStore store)
{
    /// <summary>The predictor in force; null where none was distilled.</summary>
    public Task<ChampionRecord?> TryGetChampionAsync(string task, CancellationToken cancellationToken) =>
        store.TryReadJsonAsync<ChampionRecord>(BlobLayout.Champion(task), cancellationToken);

    /// <summary>Puts a predictor in force; each champion is also kept beside its model.</summary>
    public async Task PromoteAsync(string task, ChampionRecord champion, CancellationToken cancellationToken)
    {
        await store.WriteJsonAsync(new BlobPath(BlobLayout.PredictorsContainer, $"{task}/{champion.Fingerprint}/champion.json"), champion, cancellationToken);
        await store.WriteJsonAsync(BlobLayout.Champion(task), champion, cancellationToken);
    }

    /// <summary>The champion's record by fingerprint.</summary>
    public Task<ChampionRecord> GetAsync(string task, string fingerprint, CancellationToken cancellationToken) =>
        store.ReadJsonAsync<ChampionRecord>(new BlobPath(BlobLayout.PredictorsContainer, $"{task}/{fingerprint}/champion.json"), cancellationToken);

    /// <summary>Loads a predictor for inference.</summary>
    public async Task<DistilledPredictor> LoadAsync(TaskDefinition task, string model, DemonstratedRange range, CancellationToken cancellationToken)
    {
        var blob = await store.ReadAsync(BlobPath.Parse(model), cancellationToken);
        return new DistilledPredictor(task.Space, MlpModel.Load(new MemoryStream(blob), model), range);
    }

    /// <summary>Loads a predictor distilled from a supernet. The supernet has trained on all of the space, so nothing is an extrapolation.</summary>
    public async Task<DistilledPredictor> LoadSupernetStudentAsync(TaskDefinition task, string fingerprint, CancellationToken cancellationToken)
    {
        var path = BlobLayout.Predictor(task.Name, fingerprint);
        var model = MlpModel.Load(new MemoryStream(await store.ReadAsync(path, cancellationToken)), path.ToString());
        return new DistilledPredictor(task.Space, model, range: null, "Distilled supernet", Metrics.NegatedValidationLoss);
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

    private static ScoreMetrics Measure(IEnumerable<(TfsEvalRecord Record, double Predicted)> items, MetricDirection direction) => ScoreMetrics.Of(
        [.. items.Select(i => new ScoredArchitecture(i.Record.ArchitectureId, i.Record.Architecture.DecoderLayers, i.Predicted, i.Record.ValidBleu, Extrapolating: false))],
        direction, predictsBleu: true, k: 5);
}
