using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Racing;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Tests.Support;
using HsNas.Storage;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.Functions.Tests.Searches;

/// <summary>The durable driver of a search session, over the local runtime and real storage.</summary>
public sealed class DurableSearchTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Theory]
    [InlineData(ScoringModes.Full)]
    [InlineData(ScoringModes.Race)]
    [InlineData(ScoringModes.Surrogate)]
    public async Task A_durable_search_finds_what_the_in_process_search_finds(string scoring)
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        var search = await PreparedSearch.CreateAsync(app, PreparedSearch.Request(iterations: 12) with { Scoring = scoring });

        var durable = await search.RunAsync();
        var inProcess = await InProcessAsync(search);

        Assert.Equal(Text(inProcess.Finalists.Trace), Text(durable.Trace));
        Assert.Equal(Text(inProcess.Finalists.Architectures), Text(durable.Architectures));
        Assert.Equal(inProcess.Winner, durable.Architectures[0].Architecture);
        Assert.Equal([Metrics.ValidationBleu, Metrics.ValidationLoss], durable.Trace.Select(t => t.Metric).Distinct());
    }

    [Fact]
    public async Task A_distilled_generation_reads_two_blobs_at_most_and_writes_one()
    {
        var counter = default(CountingStore);
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, services =>
        {
            services.AddSingleton<BlobArtifactStore>();
            services.AddSingleton<IArtifactStore>(s => counter = new CountingStore(s.GetRequiredService<BlobArtifactStore>()));
        });
        var request = PreparedSearch.Request(iterations: 30) with { Window = new HybridSchedule(1, 30) };
        var search = await PreparedSearch.CreateAsync(app, request);

        counter!.Clear();
        await search.RunAsync();

        var generations = request.Evolution.Iterations;
        var own = $"searches/{search.Input.SearchId}/";
        Assert.InRange(counter.Reads.Count(r => r.StartsWith(own, StringComparison.Ordinal)), generations, 2 * generations);
        Assert.Equal(counter.Reads.Count, counter.Reads.Count(r => r.StartsWith(own, StringComparison.Ordinal)));
        var states = counter.Writes.Where(w => w.Contains("/generation-", StringComparison.Ordinal)).ToList();
        Assert.Equal(generations, states.Count);
        Assert.Equal([$"{own}hs-nas/finalists.json"], counter.Writes.Except(states));
    }

    private static async Task<FinishedSearch> InProcessAsync(PreparedSearch prepared)
    {
        var search = await prepared.ContextAsync();
        var rankers = new HybridRankers(
            search.Request.Schedule, search.Request.Evolution.Iterations,
            new PredictorRanker(RankerIds.Distilled, search.Predictor!), SupernetOf(search));
        return await InProcessSearch.RunAsync(new SearchSession(search.Engine, rankers));
    }

    private static IRanker SupernetOf(SearchContext search) => ScoringModes.RulesOf(search.Request.Scoring) is { } rules
        ? new RacingRanker(search.Task.Space, rules, new MadeUpLosses(), search.Predictor)
        : new PredictorRanker(RankerIds.Supernet, new LossPredictor());

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
