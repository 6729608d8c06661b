using HsNas.Evaluation.Stacked;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Evaluation.Uncertainty;

/// <summary>
/// Several predictors of the same thing: the mean of what they say, and as its spread how much they differ. With a language
/// model the members are samples and orders of the demonstrations, neither of which should matter and both of which do.
/// </summary>
public sealed class EnsemblePredictor : IPerformancePredictor
{
    private readonly IReadOnlyList<IPerformancePredictor> _members;

    /// <summary>An ensemble.</summary>
    /// <param name="name">Name for reports.</param>
    /// <param name="members">At least two, of one metric and direction.</param>
    /// <exception cref="ArgumentException">Fewer than two members, or members of different metrics.</exception>
    public EnsemblePredictor(string name, IReadOnlyList<IPerformancePredictor> members)
    {
        if (members.Count < 2)
            throw new ArgumentException($"{members.Count} members; expected at least 2, since one alone has no spread.", nameof(members));
        if (members.Any(m => m.Metric != members[0].Metric || m.Direction != members[0].Direction))
            throw new ArgumentException(
                $"Members predict {string.Join(", ", members.Select(m => m.Metric).Distinct())}; expected one metric.", nameof(members));
        (Name, _members) = (name, members);
        Fingerprint = $"ensemble-{Hashing.Short(string.Join('\n', members.Select(m => m.Fingerprint)))}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public string Metric => _members[0].Metric;

    /// <inheritdoc/>
    public MetricDirection Direction => _members[0].Direction;

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <summary>LLM-PP asked with shuffled demonstrations, several times each.</summary>
    /// <param name="task">The task.</param>
    /// <param name="demonstrations">Shown in every order.</param>
    /// <param name="pairs">Sentence pairs of the prompt.</param>
    /// <param name="options">The prompt; order and number of demonstrations are set here, its seed is that of the first order.</param>
    /// <param name="orders">Orders of the demonstrations, at least 1.</param>
    /// <param name="samples">One source for each sample; sources that differ in nothing would give the same answer twice.</param>
    /// <param name="name">What reports call the predictor that one such answer makes.</param>
    public static EnsemblePredictor OfOrders(
        TaskDefinition task, IReadOnlyList<Demonstration> demonstrations, IReadOnlyList<SentencePair> pairs, PromptOptions options,
            int orders, IReadOnlyList<ILabelSource> samples,
        string name = "LLM-PP")
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(orders, 1);
        var members = from order in Enumerable.Range(0, orders)
                      let prompts = PredictorRecipe.Prompts(
                          task, pairs, options with { Order = DemonstrationOrder.Shuffled, Seed = options.Seed + order }, demonstrations)
                      from labels in samples
                      select new LlmPredictor(prompts, labels);
        return new EnsemblePredictor(samples.Count == 1
            ? $"{name}, mean of {orders} orders" : $"{name}, mean of {orders} orders x {samples.Count} samples", [.. members]);
    }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var answers = new List<IReadOnlyList<Prediction>>();
        foreach (var member in _members) answers.Add(await member.PredictAsync(architectures, cancellationToken));
        return [.. architectures.Select((_, i) => Combine([.. answers.Select(a => a[i])]))];
    }

    private static Prediction Combine(IReadOnlyList<Prediction> predictions)
    {
        var mean = predictions.Average(p => p.Value);
        var spread = Math.Sqrt(predictions.Average(p => Math.Pow(p.Value - mean, 2)));
        return new Prediction(mean, predictions.Any(p => p.Extrapolating), spread);
    }
}
