using HsNas.Predictors;

namespace HsNas.Evaluation.Stacked;

/// <summary>Predictions of demonstrations by predictors that were not shown them.</summary>
public static class LeaveOneOut
{
    /// <summary>
    /// For each demonstration the prediction of a predictor made of all the others: as many fits, and questions to a language
    /// model, as there are demonstrations.
    /// </summary>
    public static async Task<IReadOnlyList<double>> PredictAsync(
        PredictorRecipe recipe, IReadOnlyList<Demonstration> demonstrations, CancellationToken cancellationToken = default)
    {
        var values = new double[demonstrations.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var predictor = recipe.Fit([.. demonstrations.Where((_, j) => j != i)]);
            values[i] = (await predictor.PredictAsync([demonstrations[i].Architecture], cancellationToken))[0].Value;
        }

        return values;
    }
}
