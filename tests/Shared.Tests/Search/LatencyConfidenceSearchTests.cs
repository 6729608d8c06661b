using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Predictors;
using HsNas.Predictors.Latency;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Search;

public sealed class LatencyConfidenceSearchTests
{
    private static readonly EvolutionOptions Options =
        new() { Iterations = 8, Population = 20, Parents = 6, Mutations = 7, Crossovers = 7 };

    [Theory]
    [InlineData(0.9)]
    [InlineData(0.95)]
    public void A_search_with_a_confidence_proposes_nothing_whose_bound_is_above_the_limit(double confidence)
    {
        var random = new SeededRandom(3);
        var predictor = LatencyPredictor.Fit("made up", [.. new ArchitectureSampler(Samples.Wmt.Space, 3).Distinct(400).Select(
            a => LatencyRecord.Of(a, 5, a.DecoderLayers * (20 + (10 * random.NextDouble())), 0.1, 0.1))], seed: 1);
        var bounds = predictor.AtConfidence(confidence);
        var limits = new SearchConstraints { LatencyMs = 88 };

        var engine = new EvolutionEngine(Samples.Wmt, Options, new FeasibilityChecker(Samples.Wmt, limits, bounds));
        var state = engine.Start();
        while (!state.Finished)
        {
            var candidates = engine.Candidates(state);
            Assert.All(candidates.Architectures, a => Assert.True(bounds.PredictMs(a) <= 88));
            state = engine.Next(
                state, candidates.Expand([.. candidates.Architectures.Select(Samples.Quality)]), MetricDirection.HigherIsBetter);
        }

        // Without a confidence the same search goes up to the prediction itself, so the bound did decide.
        var plain = new EvolutionEngine(Samples.Wmt, Options, new FeasibilityChecker(Samples.Wmt, limits, predictor)).Start();
        Assert.Contains(engine.Candidates(plain).Architectures, a => bounds.PredictMs(a) > 88);
    }
}
