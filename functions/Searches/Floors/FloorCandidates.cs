using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Searches.Contexts;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Functions.Searches.Floors;

/// <summary>What simpler ways would find under a search's limits. See docs/method.md, "Floors of a search".</summary>
internal static class FloorCandidates
{
    // Draws for one random architecture before the limits are taken to leave no more of them.
    private const int AttemptsEach = 20_000;

    /// <summary>The winner of the same evolution, with a number that is known without any training in place of quality.</summary>
    public static async Task<Architecture> WinnerAsync(
        SearchContext search, string name, Func<Architecture, double> quality, CancellationToken cancellationToken)
    {
        var ranker = new PredictorRanker(name, new Known(name, quality));
        var iterations = search.Engine.Options.Iterations;
        var rankers = new HybridRankers(new HybridSchedule(1, iterations), iterations, ranker, supernet: null);
        var found = await InProcessSearch.RunAsync(new SearchSession(search.Engine, rankers), null, cancellationToken);
        return found.Winner;
    }

    /// <summary>Distinct random architectures that keep the limits: as many as asked for, or all that are found.</summary>
    public static IReadOnlyList<Architecture> Random(SearchContext search, int count)
    {
        var random = SeededRandom.For(search.Request.Evolution.Seed, 0, FloorNames.Random);
        var sampler = new ArchitectureSampler(search.Task.Space, random);
        var found = new Dictionary<string, Architecture>(StringComparer.Ordinal);
        for (var attempt = 0L; found.Count < count && attempt < (long)count * AttemptsEach; attempt++)
        {
            var drawn = sampler.Next();
            if (search.Feasibility.IsFeasible(drawn)) found.TryAdd(drawn.Key, drawn);
        }

        return [.. found.Values];
    }

    private sealed class Known(string name, Func<Architecture, double> quality) : SynchronousPredictor
    {
        public override string Name => name;

        public override string Fingerprint => name;

        public override Prediction Predict(Architecture architecture) => new(quality(architecture), Extrapolating: false);
    }
}
