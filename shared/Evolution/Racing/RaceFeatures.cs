using HsNas.Kernel;
using HsNas.Kernel.Statistics;
using HsNas.Spaces;
using HsNas.Spaces.Features;

namespace HsNas.Evolution.Racing;

/// <summary>
/// What a forecast sees of an architecture: the ten aggregates, each layer's own sizes with 0 for layers that are not there, an
/// indicator for each depth, and the sizes of the last decoder layer, which no mean shows (docs/method.md, "Racing").
/// </summary>
/// <remarks>
/// Each is centred and divided by its standard deviation over random architectures of the space. So an architecture that differs
/// from all examples in one feature is seen to be far from them, although that feature never varied among them.
/// </remarks>
internal sealed class RaceFeatures
{
    private const int Sample = 500;
    private const ulong SampleSeed = 1;

    private readonly SearchSpace _space;
    private readonly DistillationFeatures _aggregates;
    private readonly Standardiser _scale;

    /// <summary>The features of <paramref name="space"/>.</summary>
    public RaceFeatures(SearchSpace space)
    {
        (_space, _aggregates) = (space, new DistillationFeatures(space));
        var sampler = new ArchitectureSampler(space, new SeededRandom(SampleSeed));
        _scale = Standardiser.Fit([.. Enumerable.Range(0, Sample).Select(_ => Raw(sampler.Next()))]);
    }

    /// <summary>The features; as many for every architecture of the space.</summary>
    public double[] Of(Architecture architecture) => _scale.Apply(Raw(architecture));

    private double[] Raw(Architecture architecture)
    {
        Span<float> aggregates = stackalloc float[AggregateFeatures.FeatureCount];
        _aggregates.Write(architecture, aggregates);
        var features = new List<double>();
        foreach (var aggregate in aggregates) features.Add(aggregate);
        for (var i = 0; i < _space.MaxEncoderLayers; i++) AddEncoderLayer(features, architecture, i);
        for (var j = 0; j < _space.MaxDecoderLayers; j++) AddDecoderLayer(features, architecture, j);
        AddDecoderLayer(features, architecture, architecture.DecoderLayers - 1);
        for (var depth = 1; depth <= _space.MaxDecoderLayers; depth++) features.Add(architecture.DecoderLayers == depth ? 1 : 0);
        return [.. features];
    }

    private static void AddEncoderLayer(List<double> features, Architecture a, int layer)
    {
        var active = layer < a.EncoderLayers;
        features.Add(active ? 1 : 0);
        features.Add(active ? Math.Log2(a.EncoderFfnDims[layer]) : 0);
        features.Add(active ? Math.Log2(a.EncoderHeads[layer]) : 0);
    }

    private static void AddDecoderLayer(List<double> features, Architecture a, int layer)
    {
        var active = layer < a.DecoderLayers;
        features.Add(active ? 1 : 0);
        features.Add(active ? Math.Log2(a.DecoderFfnDims[layer]) : 0);
        features.Add(active ? Math.Log2(a.DecoderSelfHeads[layer]) : 0);
        features.Add(active ? Math.Log2(a.DecoderCrossHeads[layer]) : 0);
        features.Add(active ? a.AttendedEncoderLayers(layer) : 0);
    }
}
