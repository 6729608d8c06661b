using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Predictors;
using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Runtimes;

/// <summary>Searches under a latency limit, ranked by a distilled predictor in every generation.</summary>
internal sealed class RuntimeSearch(TaskDefinition task, DistilledPredictor quality)
{
    private readonly EvolutionOptions _options = new() { DistinctPopulation = true };

    /// <summary>The winner with its predicted BLEU; null where nothing keeps the limit.</summary>
    public async Task<RankedArchitecture?> WinnerAsync(LatencyPredictor latency, double limitMs)
    {
        var checker = new FeasibilityChecker(task, new SearchConstraints { LatencyMs = limitMs }, latency);
        var rankers = new HybridRankers(
            new HybridSchedule(1, _options.Iterations), _options.Iterations, new PredictorRanker(RankerIds.Distilled, quality),
            supernet: null);
        try
        {
            var found = await InProcessSearch.RunAsync(new SearchSession(new EvolutionEngine(task, _options, checker), rankers));
            return found.Finalists.Architectures[0];
        }
        catch (InfeasibleSearchException)
        {
            return null;
        }
    }
}
