using HsNas.Contracts.Requests;
using HsNas.Predictors;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;

namespace HsNas.Functions.Tests.Jobs;

/// <summary>This version's app with workers of the next one; the reverse is NewerVersionTests of the worker.</summary>
public sealed class NewerWorkerTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task A_search_runs_to_its_end_when_workers_say_more_than_the_app_knows()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app, isNewer: true);
        var search = await PreparedSearch.CreateAsync(app, PreparedSearch.Request(iterations: 4) with { Scoring = ScoringModes.Race });

        var finalists = await search.RunAsync();

        Assert.Equal(4, finalists.Trace.Count);
        Assert.Contains(finalists.Trace, t => t.Metric == Metrics.ValidationLoss);
        Assert.DoesNotContain(app.Logs, l => l.Text.Contains("ofTheNextVersion", StringComparison.Ordinal));
    }
}
