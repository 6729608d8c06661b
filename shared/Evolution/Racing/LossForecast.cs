using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution.Racing;

/// <summary>
/// Forecasts the losses of children by their architecture, as the last race would. A child's number is the lower end of its interval,
/// so one that is unlike everybody who was scored gets its chance.
/// </summary>
public sealed class LossForecast : IChildForecast
{
    private readonly RaceRules _rules;
    private readonly RaceFeatures _features;
    private readonly SynchronousPredictor? _hints;
    private readonly Forecast _forecast;

    private LossForecast(
        SearchSpace space, RaceRules rules, IReadOnlyList<TextBlock> blocks, IReadOnlyList<LossRecord> examples,
        SynchronousPredictor? hints)
    {
        (_rules, _features, _hints) = (rules, new RaceFeatures(space), hints);
        _forecast = new Forecast(blocks, examples, r => _features.Of(r.Architecture));
    }

    /// <inheritdoc/>
    public int DrawnPerPlace => _rules.ChildrenPerPlace;

    /// <summary>The forecast that follows a race; null where the rules want none, or too few candidates were scored in full.</summary>
    /// <param name="space">The search space.</param>
    /// <param name="rules">The race's rules.</param>
    /// <param name="blocks">The text.</param>
    /// <param name="examples">The examples that the race began with.</param>
    /// <param name="records">What it found.</param>
    /// <param name="hints">The distilled predictor that takes part in the forecasts; null for none.</param>
    public static LossForecast? After(
        SearchSpace space, RaceRules rules, IReadOnlyList<TextBlock> blocks, IEnumerable<LossRecord> examples,
        IEnumerable<LossRecord> records, SynchronousPredictor? hints)
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(blocks);
        if (rules.ChildrenPerPlace == 1) return null;
        var complete = examples.Concat(records).Where(r => r.Sums.Length == blocks.Count).TakeLast(rules.MostExamples).ToList();
        return complete.Count < RaceRules.LeastCalibration ? null : new LossForecast(space, rules, blocks, complete, hints);
    }

    /// <inheritdoc/>
    public IReadOnlyList<double> Of(IReadOnlyList<Architecture> children)
    {
        ArgumentNullException.ThrowIfNull(children);
        return [.. children.Select(LowerEnd)];
    }

    private double LowerEnd(Architecture child)
    {
        var unscored = new LossRecord(child, []) { Hint = _hints?.Predict(child).Value };
        return _forecast.Of(unscored, _rules.ChildConfidence, _rules.ChildConfidence).ForParents.Low;
    }
}
