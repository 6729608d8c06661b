using BenchmarkDotNet.Attributes;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>Draws of feasible genes: the inner loop of initial populations. Goal: 1 M genes a second and core.</summary>
[MemoryDiagnoser]
public class Sampling
{
    private const int Draws = 10_000;

    private readonly TaskDefinition _task = TaskCatalog.Get("wmt14-en-de");
    private readonly int[] _gene = new int[40];
    private ArchitectureSampler _sampler = null!;
    private FeasibilityChecker _cost = null!;
    private FeasibilityChecker _latency = null!;

    [GlobalSetup]
    public void Prepare()
    {
        _sampler = new ArchitectureSampler(_task.Space, 1);
        _cost = new FeasibilityChecker(_task, new SearchConstraints { GFlops = 3.5, ParametersMillions = 60 });
        _latency = new FeasibilityChecker(_task, new SearchConstraints { LatencyMs = 150 }, MadeUpLatency.Predictor(_task));
    }

    [Benchmark(OperationsPerInvoke = Draws, Description = "draw and check FLOPs and size")]
    public int Cost() => Feasible(_cost);

    [Benchmark(OperationsPerInvoke = Draws, Description = "draw and check latency (ridge)")]
    public int Latency() => Feasible(_latency);

    private int Feasible(FeasibilityChecker checker)
    {
        var feasible = 0;
        for (var i = 0; i < Draws; i++)
        {
            _sampler.Next(_gene);
            feasible += checker.IsFeasible(_sampler.Codec.Decode(_gene)) ? 1 : 0;
        }

        return feasible;
    }
}
