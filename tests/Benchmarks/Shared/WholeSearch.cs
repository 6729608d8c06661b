using BenchmarkDotNet.Attributes;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>A whole 30 x 125 search ranked by the distilled predictor under a latency limit. Goal: at most 1 s.</summary>
[MemoryDiagnoser]
public class WholeSearch
{
    private readonly TaskDefinition _task = TaskCatalog.Get("wmt14-en-de");
    private FeasibilityChecker _checker = null!;
    private DistilledPredictor _predictor = null!;

    /// <summary>Hidden layers of the network.</summary>
    [Params("default", "paper")]
    public string Preset { get; set; } = "default";

    [GlobalSetup]
    public void Prepare()
    {
        var options = Preset == "paper" ? MlpTrainingOptions.Paper : MlpTrainingOptions.Default;
        var pool = PredictorDistiller.Pool(_task, 500, 1);
        var trained = PredictorDistiller.Train(
            _task, pool, [.. pool.Select(a => 20.0 + a.DecoderLayers + (a.EncoderEmbedDim / 640.0))], options with { Steps = 30 });
        _predictor = new DistilledPredictor(_task.Space, trained.Model, null);
        _checker = new FeasibilityChecker(_task, new SearchConstraints { LatencyMs = 150 }, MadeUpLatency.Predictor(_task));
    }

    [Benchmark]
    public async Task<double> Search()
    {
        var rankers =
            new HybridRankers(new HybridSchedule(1, 30), 30, new PredictorRanker(RankerIds.Distilled, _predictor), supernet: null);
        var engine = new EvolutionEngine(_task, new EvolutionOptions { DistinctPopulation = true }, _checker);
        return (await InProcessSearch.RunAsync(new SearchSession(engine, rankers))).Score;
    }
}
