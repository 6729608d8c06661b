using System.Globalization;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evaluation.Stacked;

/// <summary>
/// A floor and others in one: their weighted mean, with weights equal or chosen by leaving each demonstration out, never by a test label.
/// A member that is not worth its price gets weight 0 and is not asked any more. The spread is the members' disagreement.
/// </summary>
public sealed class StackedPredictor : IPerformancePredictor
{
    /// <summary>Fewest demonstrations that weights can be chosen on.</summary>
    public const int FewestDemonstrations = 5;

    private readonly IReadOnlyList<(IPerformancePredictor Predictor, double Weight)> _members;
    private readonly DemonstratedRange _range;

    private StackedPredictor(string name, IReadOnlyList<PredictorRecipe> recipes, IReadOnlyList<double> weights,
        IReadOnlyList<Demonstration> demonstrations)
    {
        Name = name;
        Weights = [.. recipes.Select((r, i) => (r.Name, weights[i]))];
        _members = [.. recipes.Select((r, i) => (r, i)).Where(x => weights[x.i] > 0).Select(x => (x.r.Fit(demonstrations), weights[x.i]))];
        _range = DemonstratedRange.Of(demonstrations);
        var parts = _members.Select(m => $"{m.Weight.ToString("R", CultureInfo.InvariantCulture)} {m.Predictor.Fingerprint}");
        Fingerprint = $"stacked-{Hashing.Short(string.Join('\n', parts))}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationBleu;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>Weight of each member, those without any included.</summary>
    public IReadOnlyList<(string Member, double Weight)> Weights { get; }

    /// <summary>Chooses the weights and fits the members on all demonstrations.</summary>
    /// <param name="name">Name for reports.</param>
    /// <param name="members">The floor first; all predict BLEU.</param>
    /// <param name="demonstrations">At least five, all different.</param>
    /// <param name="rule">How the weights are chosen.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable.</exception>
    public static async Task<StackedPredictor> FitAsync(
        string name, IReadOnlyList<PredictorRecipe> members, IReadOnlyList<Demonstration> demonstrations, StackingRule rule,
            CancellationToken cancellationToken = default) =>
        (await FitAsync(members, demonstrations, [(rule, name)], cancellationToken))[0];

    /// <summary>
    /// The same by several rules: members are asked about the demonstrations once, and not at all where no rule chooses, for a
    /// language model wants money for that.
    /// </summary>
    /// <param name="members">The floor first; all predict BLEU.</param>
    /// <param name="demonstrations">At least five, all different.</param>
    /// <param name="rules">How the weights are chosen, and the stack's name for reports.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <returns>One stack for each rule.</returns>
    /// <exception cref="Kernel.Validation.DataFormatException">The demonstrations are not usable.</exception>
    public static async Task<IReadOnlyList<StackedPredictor>> FitAsync(
        IReadOnlyList<PredictorRecipe> members, IReadOnlyList<Demonstration> demonstrations,
            IReadOnlyList<(StackingRule Rule, string Name)> rules, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfZero(members.Count);
        Demonstration.Validate(demonstrations, FewestDemonstrations);
        var heldOut = new List<IReadOnlyList<double>>();
        if (rules.Any(r => r.Rule != StackingRule.Equal))
            foreach (var member in members) heldOut.Add(await LeaveOneOut.PredictAsync(member, demonstrations, cancellationToken));
        var labels = demonstrations.Select(d => d.Bleu).ToList();
        return [.. rules.Select(r => new StackedPredictor(
            r.Name, members, r.Rule == StackingRule.Equal
                ? StackingWeights.Equal(members.Count) : StackingWeights.Choose(heldOut, labels, r.Rule), demonstrations))];
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var answers = new List<IReadOnlyList<Prediction>>();
        foreach (var (predictor, _) in _members) answers.Add(await predictor.PredictAsync(architectures, cancellationToken));
        return [.. architectures.Select((a, i) => Combine(a, [.. answers.Select(x => x[i].Value)]))];
    }

    private Prediction Combine(Architecture architecture, double[] values)
    {
        var mean = _members.Select((m, i) => m.Weight * values[i]).Sum();
        var variance = _members.Select((m, i) => m.Weight * Math.Pow(values[i] - mean, 2)).Sum();
        return new Prediction(mean, !_range.Covers(architecture), Math.Sqrt(variance));
    }
}
