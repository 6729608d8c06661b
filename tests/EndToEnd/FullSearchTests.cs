using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Models;
using HsNas.Trials;
using HsNas.Predictors;

namespace HsNas.EndToEnd.Tests;

/// <summary>Searches that nothing disturbs.</summary>
[Collection(SystemCollection.Name)]
public sealed class FullSearchTests(RunningSystems systems)
{
    [Fact]
    public async Task A_search_ends_with_a_report_when_it_comes_by_HTTP()
    {
        var main = systems.Main;
        var id = await systems.FirstSearchAsync();
        var result = await main.Searches.ResultAsync(id);
        var status = await main.Searches.StatusAsync(id);

        Assert.Equal(["comparison", "text"], status.Stages.Where(s => s.State == StageState.Skipped).Select(s => s.Name));
        Assert.All(status.Stages.Where(s => s.State != StageState.Skipped), s => Assert.Equal(StageState.Done, s.State));
        Assert.Null(status.Error);
        Assert.Equal([MetricDirection.HigherIsBetter, MetricDirection.HigherIsBetter, MetricDirection.HigherIsBetter,
            MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter, MetricDirection.LowerIsBetter],
            result.Requested.Trace.Select(t => t.Direction));
        Assert.InRange(result.Requested.Winner!.GFlops!.Value, 0, MicroTask.GFlopsLimit);
        Assert.All(result.Requested.Finalists, f => Assert.InRange(f.Measured!.TotalMean, 1e-6, 1e6));
        Assert.InRange(result.Requested.Training!.TestBleu, 0, 100);
        Assert.True(result.Requested.SupernetScorings is > 12 and <= 36);
        Assert.Equal(
            [FloorNames.Depth, FloorNames.Parameters, FloorNames.Random], result.Floors.Select(f => f.Name));
        Assert.All(result.Floors, f => Assert.InRange(f.LossBits, 0.1, 20));
        Assert.InRange(result.Requested.Work!.Share, 0.001, 0.999);
        Assert.All(result.Requested.Trace.Where(t => t.Direction == MetricDirection.LowerIsBetter), t => Assert.NotNull(t.Work));
        Assert.Contains(result.Requested.ScoredFront, p => p.LossBits <= result.Requested.Winner.Score);
        Assert.Equal((60, 60, 60), (result.Labels!.Labels, result.Labels.Calls, result.Labels.Bought));
        Assert.Equal("in-context-regression", result.Labels.Model);
        Assert.Equal(24, result.Predictor!.Points.Count);
        foreach (var instance in new[] { id, $"{id}-distillation", $"{id}-hs-nas" })
            Assert.InRange(await Durable.EventsAsync(main.Http, instance), 1, 99);
    }

    [Fact]
    public async Task A_report_is_one_self_contained_page()
    {
        var id = await systems.FirstSearchAsync();
        await systems.Main.Searches.ResultAsync(id);
        using var answer = await systems.Main.Http.GetAsync(new Uri($"/api/searches/{id}/report", UriKind.Relative));

        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        var page = await answer.Content.ReadAsStringAsync();
        Markup.AssertSelfContained(page);
        Assert.Contains("in-context regression (not a language model)", page, StringComparison.Ordinal);
        Assert.True(page.Split("<svg").Length > 4);
    }

    [Fact]
    public async Task A_search_reuses_what_the_first_one_made()
    {
        var main = systems.Main;
        var first = await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var bought = await main.Store.CountAsync(BlobLayout.Ledger);

        var id = await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name));
        var second = await main.Searches.ResultAsync(id);

        var status = await main.Searches.StatusAsync(id);
        Assert.Equal(
            ["latency", "distillation", "supernet", "comparison", "text"],
                status.Stages.Where(s => s.State == StageState.Skipped).Select(s => s.Name));
        Assert.Equal(bought, await main.Store.CountAsync(BlobLayout.Ledger));
        Assert.Equal(0, second.Requested.SupernetScorings);
        Same.Outcome(first, second);
    }

    [Fact]
    public async Task Two_searches_agree_and_pay_once_when_they_run_at_once()
    {
        var main = systems.Main;
        var before = await main.Store.CountAsync(BlobLayout.Ledger);
        var request = SystemSearches.Request(MicroTask.Twin.Name, trainWinner: false);
        var ids = await Task.WhenAll(main.Searches.StartAsync(request), main.Searches.StartAsync(request));
        var results = await Task.WhenAll(ids.Select(main.Searches.ResultAsync));

        Same.Outcome(results[0], results[1]);
        Assert.Equal(60, await main.Store.CountAsync(BlobLayout.Ledger) - before);
        Assert.True(results.All(r => r.Labels!.Bought <= 60));
    }

    [Fact]
    public async Task A_search_also_runs_the_plain_supernet_search_when_a_comparison_is_asked_for()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var id = await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name, compare: true, trainWinner: false));
        var result = await main.Searches.ResultAsync(id);

        Assert.Equal("HAT", result.Comparison!.Name);
        Assert.All(result.Comparison.Trace, t => Assert.Equal(MetricDirection.LowerIsBetter, t.Direction));
        Assert.Equal(0, result.Comparison.DistilledSeconds);
        Assert.True(result.Comparison.SupernetScorings > result.Requested.SupernetScorings);
        Assert.Null(result.Requested.Training);
        Assert.Equal(StageState.Skipped, SystemSearches.Stage(await main.Searches.StatusAsync(id), SearchStages.Training).State);
        Markup.AssertSelfContained(await main.Http.GetStringAsync(new Uri($"/api/searches/{id}/report", UriKind.Relative)));
    }

    [Fact]
    public async Task A_search_for_eight_bits_in_ONNX_Runtime_measures_there_and_its_winner_learns_from_a_teacher()
    {
        var main = systems.Main;
        var first = await systems.FirstSearchAsync();
        await main.Searches.ResultAsync(first);
        var id = await main.Searches.StartAsync(new
        {
            task = MicroTask.Plain.Name,
            runtime = LatencyRuntimes.OnnxInt8,
            limits = new { latencyMs = 10_000 },
            evolution = new { iterations = 2, population = 12, parents = 4, mutations = 4, crossovers = 4, seed = 7 },
            distilText = new { teacher = first },
        });
        var result = await main.Searches.ResultAsync(id);

        Assert.Contains("onnx-int8", result.DeviceFingerprint, StringComparison.Ordinal);
        Assert.All(result.Requested.Finalists, f => Assert.InRange(f.Measured!.TotalMean, 1e-6, 1e6));
        Assert.Equal(StageState.Done, SystemSearches.Stage(await main.Searches.StatusAsync(id), SearchStages.Text).State);
        var config = await main.Store.ReadJsonAsync<ExportedConfig>(BlobPath.Parse(result.Requested.Training!.Export!));
        var taught = (await main.Searches.ResultAsync(first)).Requested.Training!;
        Assert.Equal(BlobLayout.JobOfExport(taught.Export!), config.Provenance.TextTeacher);
    }
}
