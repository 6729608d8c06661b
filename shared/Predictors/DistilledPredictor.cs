using System.Buffers;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Predictors;

/// <summary>
/// An MLP that imitates a slower teacher: LLM-Distill-PP where the teacher is a language model, distilled supernet where
/// it is minus the supernet's validation loss (docs/method.md, "Distilled predictor"). Higher is better for both.
/// </summary>
public sealed class DistilledPredictor : SynchronousPredictor
{
    /// <summary>The field's name of one that was distilled from a language model.</summary>
    public const string LanguageModelName = "LLM-Distill-PP";

    /// <summary>The name of one that was distilled from a supernet.</summary>
    public const string SupernetName = "Distilled supernet";

    private readonly IFeatureEncoding _features;

    /// <summary>A predictor over <paramref name="space"/>.</summary>
    /// <param name="space">The space the model was trained on: supplies the features' normalisers.</param>
    /// <param name="model">Trained on the encoding it names.</param>
    /// <param name="range">Where the teacher's demonstrations lay; null: nothing is bounded or flagged.</param>
    /// <param name="name"><see cref="LanguageModelName"/> or <see cref="SupernetName"/>.</param>
    /// <param name="metric">What the labels were.</param>
    /// <exception cref="DataFormatException">The model's encoding or number of inputs does not fit the space.</exception>
    public DistilledPredictor(SearchSpace space, MlpModel model, DemonstratedRange? range, string name = LanguageModelName,
        string metric = Metrics.ValidationBleu)
    {
        _features = model.FeatureEncoding switch
        {
            "distillation" => new DistillationFeatures(space),
            "latency" => new LatencyFeatures(space),
            "fine" => new FineFeatures(space),
            _ => throw new DataFormatException(name, "featureEncoding", model.FeatureEncoding, "distillation, latency or fine"),
        };
        if (model.Inputs != _features.Count)
        {
            throw new DataFormatException(
                name, "inputs", $"{model.Inputs}", $"{_features.Count}, the {_features.Name} features of this space");
        }

        Model = model;
        Range = range;
        Name = name;
        Metric = metric;
        Fingerprint = $"{model.Fingerprint}-{Hashing.Short($"{name}|{metric}|{range}")}";
    }

    /// <summary>The network.</summary>
    public MlpModel Model { get; }

    /// <summary>Where the teacher's demonstrations lay.</summary>
    public DemonstratedRange? Range { get; }

    /// <inheritdoc/>
    public override string Name { get; }

    /// <inheritdoc/>
    public override string Metric { get; }

    /// <inheritdoc/>
    public override string Fingerprint { get; }

    /// <inheritdoc/>
    public override Prediction Predict(Architecture architecture)
    {
        Span<float> features = stackalloc float[_features.Count];
        _features.Write(architecture, features);
        return Finish(Model.Predict(features), Range is null || Range.Covers(architecture));
    }

    /// <inheritdoc/>
    public override void Predict(IReadOnlyList<Architecture> architectures, Span<Prediction> destination)
    {
        var count = architectures.Count;
        var features = ArrayPool<float>.Shared.Rent(Math.Max(1, count * _features.Count));
        var values = ArrayPool<double>.Shared.Rent(Math.Max(1, count));
        for (var i = 0; i < count; i++)
        {
            _features.Write(architectures[i], features.AsSpan(i * _features.Count, _features.Count));
        }

        Model.Predict(features.AsSpan(0, count * _features.Count), values.AsSpan(0, count));
        for (var i = 0; i < count; i++)
        {
            destination[i] = Finish(values[i], Range is null || Range.Covers(architectures[i]));
        }

        ArrayPool<float>.Shared.Return(features);
        ArrayPool<double>.Shared.Return(values);
    }

    private Prediction Finish(double value, bool covered) => new(Range?.Saturate(value) ?? value, !covered);
}
