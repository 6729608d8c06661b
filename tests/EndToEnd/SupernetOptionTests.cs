using HsNas.Contracts.Requests;
using HsNas.Contracts;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Trials;
using HsNas.Predictors;

namespace HsNas.EndToEnd.Tests;

/// <summary>Searches by the paper's other methods: plain supernets, distilled supernets, mixtures (Tables 1 and 11).</summary>
[Collection(SystemCollection.Name)]
public sealed class SupernetOptionTests(RunningSystems systems)
{
    private static readonly object Limits = new { gFlops = MicroTask.GFlopsLimit };

    [Fact]
    public async Task A_plain_supernet_search_buys_no_labels()
    {
        // The first search of all measures the device; later ones skip that stage.
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var bought = await main.Store.CountAsync(BlobLayout.Ledger);
        var id = await main.Searches.StartAsync(new
        {
            task = MicroTask.Twin.Name,
            limits = Limits,
            evolution = Evolution(iterations: 3, seed: 11),
            window = new { start = -1, end = -1 },
            trainWinner = false,
        });
        var result = await main.Searches.ResultAsync(id);

        Assert.Equal("HAT", result.Requested.Name);
        Assert.Equal((null, null, null), (result.Labels, result.Predictor, result.DistilledSupernet));
        Assert.All(result.Requested.Trace, t => Assert.Equal(Metrics.ValidationLoss, t.Metric));
        Assert.Equal(StageState.Skipped, SystemSearches.Stage(await main.Searches.StatusAsync(id), "distillation").State);
        Assert.Equal(bought, await main.Store.CountAsync(BlobLayout.Ledger));
    }

    [Fact]
    public async Task A_distilled_predictor_ranks_the_first_half_when_the_supernet_is_its_teacher()
    {
        // The first search of all measures the device; later ones skip that stage.
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var bought = await main.Store.CountAsync(BlobLayout.Ledger);
        var id = await main.Searches.StartAsync(new
        {
            task = MicroTask.Plain.Name,
            limits = Limits,
            evolution = Evolution(iterations: 4, seed: 12),
            teacher = "supernet",
            supernet = new { kind = "mos-layer", steps = 10 },
            labels = 40,
            trainWinner = false,
        });
        var result = await main.Searches.ResultAsync(id);

        Assert.Equal("distilled HAT on layer-wise MoS", result.Requested.Name);
        Assert.Equal([Metrics.NegatedValidationLoss, Metrics.NegatedValidationLoss, Metrics.ValidationLoss, Metrics.ValidationLoss],
            result.Requested.Trace.Select(t => t.Metric));
        Assert.Equal(40, result.DistilledSupernet!.Labels);
        Assert.InRange(result.DistilledSupernet.HeldOutRmseBits, 0, 2);
        Assert.Null(result.Labels);
        var status = await main.Searches.StatusAsync(id);
        Assert.Equal((StageState.Done, StageState.Done), (StateOf("supernet"), StateOf("distillation")));
        StageState StateOf(string stage) => SystemSearches.Stage(status, stage).State;
        Assert.Equal(bought, await main.Store.CountAsync(BlobLayout.Ledger));
    }

    [Fact]
    public async Task A_search_trains_no_supernet_when_the_distilled_predictor_ranks_every_generation()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var id = await main.Searches.StartAsync(new
        {
            task = MicroTask.Plain.Name,
            limits = Limits,
            evolution = Evolution(iterations: 4, seed: 13),
            window = new { start = 1, end = 4 },
            supernet = new { kind = "sandwich", steps = 1_000_000 },
            trainWinner = false,
        });
        var result = await main.Searches.ResultAsync(id);

        Assert.Equal(0, result.Requested.SupernetScorings);
        Assert.Equal(StageState.Skipped, SystemSearches.Stage(await main.Searches.StatusAsync(id), "supernet").State);
    }

    private static object Evolution(int iterations, int seed) =>
        new { iterations, population = 12, parents = 4, mutations = 4, crossovers = 4, seed };
}
