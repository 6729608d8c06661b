using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.InContext;

/// <summary>
/// Regression on the demonstrations alone. Feature set and model are chosen by the squared error of leaving each
/// demonstration out in turn, never by a test label, so its score is an honest bar for any language model that sees the
/// same examples (docs/method.md, "Evaluating predictors").
/// </summary>
public static class InContextRegression
{
    /// <summary>Up to this many demonstrations each is left out by itself; with more, in this many interleaved folds of ten.</summary>
    private const int MostSingleFolds = 40;

    /// <summary>Chooses and fits.</summary>
    /// <param name="demonstrations">At least three, all different, labels 0 to 100.</param>
    /// <param name="cost">The task's cost model, or null where only a prompt is at hand: feature sets that need exact FLOPs or
    /// parameters are then left out.</param>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable; names the one at fault.</exception>
    public static FittedRegression Fit(IReadOnlyList<Demonstration> demonstrations, CostModel? cost = null)
    {
        Demonstration.Validate(demonstrations, atLeast: 3);
        var inputs = demonstrations.Select(d => new RegressionInput(d.Architecture, d.GFlops, cost?.Evaluate(d.Architecture))).ToList();
        var labels = demonstrations.Select(d => d.Bleu).ToList();
        (RegressionFeatureSet Features, KernelModel Model, double Error)? best = null;
        foreach (var features in RegressionFeatureSet.All.Where(f => cost is not null || !f.NeedsTask))
        {
            var rows = inputs.ConvertAll(x => features.Extract(x));
            var errors = HeldOutErrors(rows, labels, KernelModel.All);
            for (var m = 0; m < errors.Length; m++)
            {
                if (best is null || errors[m] < best.Value.Error)
                {
                    best = (features, KernelModel.All[m], errors[m]);
                }
            }
        }

        var (chosen, kernel, loss) = best!.Value;
        var regression = new KernelRegression(kernel, inputs.ConvertAll(x => chosen.Extract(x)), labels);
        return new FittedRegression(chosen, kernel, regression, loss, DemonstratedRange.Of(demonstrations), cost);
    }

    /// <summary>
    /// Ridge regression with penalty 1 on <see cref="RegressionFeatureSet.Five"/>: chooses nothing, and so cannot choose badly.
    /// </summary>
    /// <param name="demonstrations">At least three, all different, labels 0 to 100.</param>
    /// <param name="cost">The task's cost model, or null where only a prompt is at hand.</param>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable; names the one at fault.</exception>
    public static FittedRegression FitRidge(IReadOnlyList<Demonstration> demonstrations, CostModel? cost = null)
    {
        Demonstration.Validate(demonstrations, atLeast: 3);
        var features = RegressionFeatureSet.Five;
        var rows = demonstrations.Select(d => features.Extract(new RegressionInput(d.Architecture, d.GFlops, null))).ToList();
        var labels = demonstrations.Select(d => d.Bleu).ToList();
        var error = HeldOutErrors(rows, labels, [KernelModel.Ridge])[0];
        return new FittedRegression(features, KernelModel.Ridge, new KernelRegression(KernelModel.Ridge, rows, labels), error,
            DemonstratedRange.Of(demonstrations), cost);
    }

    // Mean squared error of each model. Standardisation is fitted without the left-out rows too.
    private static double[] HeldOutErrors(List<double[]> rows, List<double> labels, IReadOnlyList<KernelModel> models)
    {
        var folds = rows.Count <= MostSingleFolds ? rows.Count : 10;
        var sums = new double[models.Count];
        for (var fold = 0; fold < folds; fold++)
        {
            var kept = Enumerable.Range(0, rows.Count).Where(i => i % folds != fold).ToList();
            var keptRows = new KernelRows(kept.ConvertAll(i => rows[i]));
            var keptLabels = kept.ConvertAll(i => labels[i]);
            var left = Enumerable.Range(0, rows.Count).Where(i => i % folds == fold)
                .Select(i => (Compared: keptRows.Compare(rows[i]), Label: labels[i])).ToList();
            for (var m = 0; m < sums.Length; m++)
            {
                var fitted = new KernelRegression(models[m], keptRows, keptLabels);
                sums[m] += left.Sum(l => Math.Pow(fitted.Predict(l.Compared) - l.Label, 2));
            }
        }

        return Array.ConvertAll(sums, s => s / rows.Count);
    }
}
