using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evaluation.Floors;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Predictors;

/// <summary>Judges distilled predictors on trained seed architectures.</summary>
public sealed class PredictorJudge(TaskStore tasks, PredictorStore predictors)
{
    /// <summary>The seeds a task is judged on.</summary>
    /// <exception cref="ArtifactNotFoundException">The task has none.</exception>
    public async Task<TfsEvalSet> SeedsAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        return await tasks.TryGetSeedsAsync(task, cancellationToken) ?? throw new ArtifactNotFoundException(BlobLayout.Seeds(task.Name));
    }

    /// <summary>A new distilled predictor and the champion on the seed architectures that neither was shown.</summary>
    /// <exception cref="DataFormatException">Each seed architecture was shown to one of them.</exception>
    public async Task<(GoldScore Challenger, GoldScore? Champion, int Gold)> CompareAsync(
        TaskDefinition task, DistilledPredictor challenger, DistilledPredictorRecord? champion, TfsEvalSet seeds,
            CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(challenger);
        var demonstrated = TaskStore.SplitOf(seeds).Demonstrations.Select(d => d.Architecture.Key);
        var shown = demonstrated.Concat(champion?.Origin?.Shown ?? []).ToHashSet(StringComparer.Ordinal);
        var gold = seeds.Records.Where(r => !shown.Contains(r.Architecture.Key)).ToList();
        if (gold.Count == 0)
        {
            throw new DataFormatException(
                BlobLayout.Seeds(task.Name).ToString(), "architectures", "all shown to a predictor",
                    "some that neither predictor was shown");
        }

        var rival = champion is null ? null : await predictors.LoadAsync(task, champion.Model, champion.Range, cancellationToken);
        return (Score(challenger, gold), rival is null ? null : Score(rival, gold), gold.Count);
    }

    /// <summary>Judges a predictor on the seed architectures it was not shown, beside the depth floor.</summary>
    /// <param name="predictor">The predictor.</param>
    /// <param name="predictions">Its prediction for each seed architecture.</param>
    /// <param name="seeds">The seed architectures.</param>
    public static PredictorQuality Judge(IPerformancePredictor predictor, IReadOnlyList<double> predictions, TfsEvalSet seeds)
    {
        ArgumentNullException.ThrowIfNull(predictor);
        var demonstrations = TaskStore.SplitOf(seeds).Demonstrations;
        var shown = demonstrations.Select(d => d.ArchitectureId).ToHashSet();
        var points = seeds.Records
            .Zip(predictions, (r, p) => new PredictedAndTrained(p, r.ValidBleu, shown.Contains(r.ArchitectureId))).ToList();
        var floor = FloorPredictor.Depth([.. demonstrations.Select(d => d.ToDemonstration())]);
        var judged = seeds.Records.Zip(predictions).Where(x => !shown.Contains(x.First.ArchitectureId)).ToList();
        var own = Measure(judged, predictor.Direction);
        var floors = Measure(judged.Select(x => (x.First, floor.Predict(x.First.Architecture).Value)), floor.Direction);
        return new PredictorQuality(own.Mae ?? 0, own.Tau, floors.Mae ?? 0, floors.Tau, points);
    }

    private static GoldScore Score(DistilledPredictor predictor, IEnumerable<TfsEvalRecord> gold)
    {
        var measured = Measure(gold.Select(r => (r, predictor.Predict(r.Architecture).Value)), predictor.Direction);
        return new GoldScore(measured.Mae ?? 0, measured.Tau);
    }

    private static ScoreMetrics Measure(IEnumerable<(TfsEvalRecord Record, double Predicted)> items, MetricDirection direction) =>
        ScoreMetrics.Of([.. items.Select(i => Scored(i.Record, i.Predicted))], direction, predictsBleu: true, k: 5);

    private static ScoredArchitecture Scored(TfsEvalRecord record, double predicted) =>
        new(record.ArchitectureId, record.Architecture.DecoderLayers, predicted, record.ValidBleu, Extrapolating: false);
}
