using HsNas.Evolution.Ranking;
using HsNas.Functions.Searches.Evolution.Rankers;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Predictors;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.Functions.Tests.Searches;

/// <summary>A ranker that only this file knows, registered before the app's own: what docs/extending.md shows.</summary>
public sealed class MadeUpRankerTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task An_added_ranker_ranks_the_generations_it_asks_for()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, services => services.Insert(0, Source));
        await using var worker = new ScoringWorker(app);
        var search = await PreparedSearch.CreateAsync(app, PreparedSearch.Request(iterations: 6));

        var ended = await search.RunAsync();

        Assert.Equal(
            [Metrics.ValidationBleu, Metrics.ValidationBleu, Metrics.ValidationBleu, Metrics.ValidationLoss, "decoder layers",
                "decoder layers"],
            ended.Trace.Select(t => t.Metric));
        Assert.All(ended.Architectures, a => Assert.Equal(a.Architecture.DecoderLayers, a.Score));
    }

    private static ServiceDescriptor Source => ServiceDescriptor.Singleton<IRankerSource, DepthRankerSource>();

    /// <summary>The example of docs/extending.md: the last two generations prefer shallow decoders.</summary>
    private sealed class DepthRankerSource : IRankerSource
    {
        public bool Ranks(RunContext run, int generation) => generation > run.Search.Request.Evolution.Iterations - 2;

        public IRanker Create(RunContext run) => new DepthRanker();
    }

    private sealed class DepthRanker : IRanker
    {
        public string Id => "decoder-depth";

        public string Metric => "decoder layers";

        public MetricDirection Direction => MetricDirection.LowerIsBetter;

        public ValueTask<Ranking> RankAsync(RankingRequest request, CancellationToken cancellationToken = default) =>
            new(new Ranked([.. request.Candidates.Select(a => (double)a.DecoderLayers)], request.Candidates.Count));
    }
}
