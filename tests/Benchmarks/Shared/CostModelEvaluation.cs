using BenchmarkDotNet.Attributes;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>FLOPs and parameters of architectures. Goal: 5 M a second and core.</summary>
[MemoryDiagnoser]
public class CostModelEvaluation
{
    private const int Count = 4096;

    private readonly CostModel _model = CostModel.For(TaskCatalog.Get("wmt14-en-de"));
    private readonly Architecture[] _architectures = new Architecture[Count];

    [GlobalSetup]
    public void Prepare()
    {
        var sampler = new ArchitectureSampler(TaskCatalog.Get("wmt14-en-de").Space, 1);
        for (var i = 0; i < Count; i++)
        {
            _architectures[i] = sampler.Next();
        }
    }

    [Benchmark(OperationsPerInvoke = Count, Description = "architecture")]
    public long Architectures()
    {
        long sum = 0;
        foreach (var architecture in _architectures)
        {
            sum += _model.Evaluate(architecture).TotalFlops;
        }

        return sum;
    }
}
