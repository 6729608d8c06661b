using BenchmarkDotNet.Attributes;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>
/// The distilled predictor on batches of architectures, features included. Goal: 1 M architectures a second and core. The paper's
/// network needs 0.97 MFLOP an architecture, so that rate would be 0.97 TFLOP/s: more than a core has.
/// </summary>
[MemoryDiagnoser]
public class DistilledInference
{
    private const int Count = 4096;

    private readonly Prediction[] _values = new Prediction[Count];
    private IReadOnlyList<Architecture> _architectures = [];
    private DistilledPredictor _predictor = null!;

    /// <summary>Hidden layers of the network.</summary>
    [Params("default", "paper")]
    public string Preset { get; set; } = "default";

    [GlobalSetup]
    public void Prepare()
    {
        var task = TaskCatalog.Get("wmt14-en-de");
        var sampler = new ArchitectureSampler(task.Space, 1);
        _architectures = [.. Enumerable.Range(0, Count).Select(_ => sampler.Next())];
        var options = Preset == "paper" ? MlpTrainingOptions.Paper : MlpTrainingOptions.Default;
        var pool = PredictorDistiller.Pool(task, 200, 1);
        var trained = PredictorDistiller.Train(task, pool, [.. pool.Select(a => 20.0 + a.DecoderLayers)], options with { Steps = 2 });
        _predictor = new DistilledPredictor(task.Space, trained.Model, new DemonstratedRange(6, 6, 1, 3, 24, 26));
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Batch() => _predictor.Predict(_architectures, _values);
}
