using HsNas.Evaluation.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Fronts;

/// <summary>Searches of one task by total GFLOPs and supernet loss.</summary>
internal sealed class FrontSearch(TaskDefinition task, ISupernetScorer scorer)
{
    private readonly Constraint _flops = ConstraintSet.BuiltIn.Single(c => c.Id == ConstraintIds.GFlops);
    private readonly ConstraintContext _context = new(task);

    /// <summary>GFLOPs that shares of random architectures do not pass.</summary>
    public IReadOnlyList<double> Limits(IReadOnlyList<double> shares)
    {
        var sorted = new ArchitectureSampler(task.Space, 1).Distinct(2000).Select(Flops).Order().ToList();
        return [.. shares.Select(s => sorted[(int)(s * sorted.Count)])];
    }

    /// <summary>The least loss among points that keep a limit; infinite where none does.</summary>
    public double Read(IEnumerable<RankedArchitecture> points, double gFlops) =>
        points.Where(p => Flops(p.Architecture) <= gFlops).Select(p => p.Score).DefaultIfEmpty(double.PositiveInfinity).Min();

    /// <summary>The search for one limit: distinct scorings and the least loss.</summary>
    public async Task<(int Scorings, double Loss)> LimitedAsync(long seed, double gFlops)
    {
        var checker = new FeasibilityChecker(task, new SearchConstraints { GFlops = gFlops });
        var found = await RunAsync(new EvolutionEngine(task, Options(seed), checker));
        return (found.Scored.Values.Sum(), found.Score);
    }

    /// <summary>The search with objectives: distinct scorings, and what it ended with.</summary>
    public async Task<(int Scorings, FinishedSearch Found)> ParetoAsync(long seed)
    {
        var options = Options(seed);
        var selection = new ParetoSelection(new GeneCodec(task.Space), options, [_flops], _context);
        var checker = new FeasibilityChecker(task, new SearchConstraints());
        var found = await RunAsync(new EvolutionEngine(task, options, checker, selection));
        return (found.Scored.Values.Sum(), found);
    }

    private static EvolutionOptions Options(long seed) => new() { DistinctPopulation = true, Seed = seed };

    private Task<FinishedSearch> RunAsync(EvolutionEngine engine)
    {
        var ranker = new PredictorRanker(RankerIds.Supernet, new SupernetPredictor(scorer));
        var rankers = new HybridRankers(HybridSchedule.Never, engine.Options.Iterations, null, ranker);
        return InProcessSearch.RunAsync(new SearchSession(engine, rankers));
    }

    private double Flops(Architecture architecture) => _flops.Value(architecture, _context);
}
