using System.Globalization;

namespace HsNas.Functions.Predictors;

/// <summary>Makes a distilled predictor of the history the champion by hand.</summary>
public sealed class PredictorSelection(PredictorStore predictors, TimeProvider time)
{
    /// <summary>Selects a distilled predictor; null where the task has none of that fingerprint.</summary>
    public async Task<PromotionDecision?> SelectAsync(string task, string fingerprint, CancellationToken cancellationToken)
    {
        if (await predictors.TryGetAsync(task, fingerprint, cancellationToken) is not { } chosen) return null;
        var champion = await predictors.TryGetChampionAsync(task, cancellationToken);
        var now = time.GetUtcNow();
        var id = string.Create(CultureInfo.InvariantCulture, $"{now:yyyyMMdd'T'HHmmssfff}-{fingerprint}");
        var quality = new GoldScore(chosen.Quality.Mae, chosen.Quality.Tau);
        var judgedOn = chosen.Quality.Points.Count(p => !p.Shown);
        var decision = await predictors.DecideAsync(
            new PromotionDecision(
                id, task, fingerprint, PromotionOutcome.Selected, "selected by hand", [RedistillationReasons.Manual], quality,
                champion?.Fingerprint, champion?.Quality.Mae, judgedOn, chosen.Labels, now),
            cancellationToken);
        await predictors.PromoteAsync(task, chosen with { Reason = decision.Reason, At = now }, cancellationToken);
        return decision;
    }
}
