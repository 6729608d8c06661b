using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Evolution.Constraints;

/// <summary>Says whether an architecture keeps all limits, and refuses limits that none can keep. Safe for concurrent use.</summary>
public sealed class FeasibilityChecker
{
    private const int FloorSamples = 2_000;
    private const int JointSamples = 50_000;

    private readonly CostModel _cost;
    private readonly GeneCodec _codec;
    private readonly ILatencyPredictor? _latency;
    private readonly Lazy<FeasibilityFloor> _floor;

    /// <summary>A checker of <paramref name="constraints"/> for <paramref name="task"/>.</summary>
    /// <param name="task">Supplies space and cost model.</param>
    /// <param name="constraints">The limits.</param>
    /// <param name="latency">Needed where latency is limited; also used for the floor where given.</param>
    /// <exception cref="OptionException">A limit is not positive, or latency is limited without a predictor.</exception>
    public FeasibilityChecker(TaskDefinition task, SearchConstraints constraints, ILatencyPredictor? latency = null)
    {
        Constraints = constraints.Validated();
        if (constraints.LatencyMs is not null && latency is null)
        {
            throw new OptionException("constraints.latencyMs", constraints.LatencyMs, "a latency predictor of the device, or no latency limit");
        }

        _cost = CostModel.For(task);
        _codec = new GeneCodec(task.Space);
        _latency = latency;
        _floor = new Lazy<FeasibilityFloor>(FindFloor);
    }

    /// <summary>The limits.</summary>
    public SearchConstraints Constraints { get; }

    /// <summary>True where the architecture of <paramref name="gene"/> keeps every limit; no allocation.</summary>
    public bool IsFeasible(ReadOnlySpan<int> gene)
    {
        if (Constraints.EncoderAtLeastAsDeep && gene[GeneLayout.EncoderLayers] < gene[_codec.Layout.DecoderLayers])
        {
            return false;
        }

        return Holds(_cost.Evaluate(gene)) && (Constraints.LatencyMs is not { } limit || _latency!.PredictMs(gene, _codec.Layout) <= limit);
    }

    /// <summary>True where <paramref name="architecture"/> keeps every limit.</summary>
    public bool IsFeasible(Architecture architecture) => Violations(architecture).Count == 0;

    /// <summary>One sentence per limit that <paramref name="architecture"/> breaks; empty where it keeps them all.</summary>
    public IReadOnlyList<string> Violations(Architecture architecture)
    {
        var cost = _cost.Evaluate(architecture);
        var found = new List<string>();
        Check("latency", _latency?.PredictMs(architecture), Constraints.LatencyMs, "ms");
        Check("total GFLOPs", cost.TotalGFlops, Constraints.GFlops, "");
        Check("GFLOPs without last layer", cost.GFlopsWithoutLastLayer, Constraints.GFlopsWithoutLastLayer, "");
        Check("model size", cost.ModelSizeMillions, Constraints.ParametersMillions, "M");
        if (Constraints.EncoderAtLeastAsDeep && architecture.EncoderLayers < architecture.DecoderLayers)
        {
            found.Add($"{architecture.DecoderLayers} decoder layers are more than {architecture.EncoderLayers} encoder layers");
        }

        return found;

        void Check(string what, double? value, double? limit, string unit)
        {
            if (value > limit)
            {
                found.Add(FormattableString.Invariant($"{what} {value:G5} {unit}").TrimEnd() + FormattableString.Invariant($" is above the limit {limit:G5}"));
            }
        }
    }

    /// <summary>The least the space can do with; computed once.</summary>
    public FeasibilityFloor FastestFeasible() => _floor.Value;

    /// <summary>Returns if some architecture is known to keep all limits; quick, meant to be asked before anything is spent.</summary>
    /// <exception cref="InfeasibleSearchException">A limit lies below the floor, or no architecture keeps all of them together.</exception>
    public void EnsurePossible()
    {
        var floor = FastestFeasible();
        Demand("latency", "ms", floor.LatencyMs, Constraints.LatencyMs);
        Demand("total GFLOPs", "", floor.GFlops, Constraints.GFlops);
        Demand("GFLOPs without last layer", "", floor.GFlopsWithoutLastLayer, Constraints.GFlopsWithoutLastLayer);
        Demand("model size", "M parameters", floor.ParametersMillions, Constraints.ParametersMillions);
        if (!IsFeasible(floor.Fastest) && !IsFeasible(Smallest()) && !AnySampleIsFeasible())
        {
            throw new InfeasibleSearchException(
                $"Each limit can be met, but among {JointSamples} random architectures none meets all together. The fastest one: {string.Join("; ", Violations(floor.Fastest))}.",
                floor);
        }

        void Demand(string what, string unit, double? least, double? limit)
        {
            if (limit < least)
            {
                throw new InfeasibleSearchException(
                    FormattableString.Invariant($"The {what} limit {limit:G5} {unit}").TrimEnd()
                    + FormattableString.Invariant($" cannot be met: the least any architecture of this space needs is {least:G5} {unit}").TrimEnd() + ".",
                    floor);
            }
        }
    }

    private bool Holds(in Cost cost) =>
        !(cost.TotalFlops > Constraints.GFlops * 1e9
            || cost.FlopsWithoutLastLayer > Constraints.GFlopsWithoutLastLayer * 1e9
            || cost.ModelSize > Constraints.ParametersMillions * 1e6);

    // Cost grows with every hyperparameter but head counts, so the smallest architecture has the least of each cost.
    private Architecture Smallest() => _codec.Decode([.. _codec.Layout.Choices.Select(c => c.Min())]);

    private FeasibilityFloor FindFloor()
    {
        var smallest = Smallest();
        var fastest = smallest;
        double? least = null;
        if (_latency is not null)
        {
            foreach (var candidate in Extremes().Concat(Samples(FloorSamples).Select(g => _codec.Decode(g))))
            {
                var latency = _latency.PredictMs(candidate);
                if (least is null || latency < least)
                {
                    (least, fastest) = (latency, candidate);
                }
            }
        }

        var cost = _cost.Evaluate(smallest);
        return new FeasibilityFloor(least, cost.TotalGFlops, cost.GFlopsWithoutLastLayer, cost.ModelSizeMillions, fastest);
    }

    // Every depth with each of: all smallest, all largest heads, largest of everything. Latency is near-linear in these.
    private IEnumerable<Architecture> Extremes()
    {
        var layout = _codec.Layout;
        int[] smallest = [.. layout.Choices.Select(c => c.Min())];
        int[] manyHeads = [.. layout.Choices.Select((c, i) => layout.Names[i].Contains("heads", StringComparison.Ordinal) ? c.Max() : c.Min())];
        int[] largest = [.. layout.Choices.Select(c => c.Max())];
        foreach (var pattern in new[] { smallest, manyHeads, largest })
        {
            foreach (var encoderDepth in _codec.Space.EncoderLayers)
            {
                foreach (var decoderDepth in _codec.Space.DecoderLayers)
                {
                    int[] gene = [.. pattern];
                    gene[GeneLayout.EncoderLayers] = encoderDepth;
                    gene[layout.DecoderLayers] = decoderDepth;
                    yield return _codec.Decode(gene);
                }
            }
        }
    }

    private bool AnySampleIsFeasible() => Samples(JointSamples).Any(g => IsFeasible(g.AsSpan()));

    private IEnumerable<int[]> Samples(int count)
    {
        var sampler = new ArchitectureSampler(_codec.Space, SeededRandom.For(0, 0, "feasibility"));
        var gene = new int[_codec.Layout.Length];
        for (var i = 0; i < count; i++)
        {
            sampler.Next(gene);
            yield return gene;
        }
    }
}
