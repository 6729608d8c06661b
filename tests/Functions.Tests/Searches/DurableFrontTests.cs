using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Ranking;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Verification;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Tests.Support;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HsNas.Functions.Tests.Searches;

/// <summary>A search with objectives over the local runtime and real storage, to its front over HTTP.</summary>
public sealed class DurableFrontTests(Azurite azurite) : IClassFixture<Azurite>
{
    private static readonly SearchRequest Request = PreparedSearch.Request(iterations: 8) with { Objectives = ["quality", "gFlops"] };

    [Fact]
    public async Task A_durable_search_ends_with_the_front_of_the_in_process_search()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        var search = await PreparedSearch.CreateAsync(app, Request);

        var durable = await search.RunAsync();
        var inProcess = (await InProcessAsync(search)).Finalists;

        Assert.Equal(Text(inProcess), Text(durable));
        Assert.True(durable.Front!.Count > 1);
        Assert.All(durable.Trace, t => Assert.NotNull(t.Hypervolume));
        Assert.Equal([Metrics.ValidationBleu, Metrics.ValidationLoss], durable.Trace.Select(t => t.Metric).Distinct());
    }

    [Fact]
    public async Task The_front_is_read_over_HTTP_once_it_was_measured()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        await using var worker = new ScoringWorker(app);
        var search = await PreparedSearch.CreateAsync(app, Request with { Window = HybridSchedule.Never });
        var finalists = await search.RunAsync();
        var id = search.Input.SearchId;
        Assert.Equal(HttpStatusCode.NotFound, (await AskAsync(app, id, "")).StatusCode);

        var measured = await MadeUpVerification.MeasureAsync(app, search.Input.SearchId, finalists.Architectures.Count);
        await MadeUpVerification.ReportAsync(app, search.Input, measured);
        var front = (await (await AskAsync(app, id, "")).Content.ReadFromJsonAsync<Front>(Json.Options))!;
        Assert.Equal(finalists.Front!.Select(f => f.Architecture), front.Points.Select(p => p.Architecture));
        Assert.Equal(finalists.Architectures.Count, front.Points.Count(p => p.IsMeasured));

        var limit = front.Points[^2].Values[ConstraintIds.GFlops];
        var answer = await AnswerAsync(app, id, FormattableString.Invariant($"?gFlops={limit:R}"));
        Assert.Equal(front.Points[^2].Architecture, answer.Point!.Architecture);
        Assert.Empty(answer.Unknown);
        Assert.False((await AnswerAsync(app, id, "?gFlops=1e-9")).IsKnown);
        Assert.True((await AnswerAsync(app, id, "?latencyMs=1000&code=key")).IsKnown);

        var address = new Uri($"/api/searches/{id}/result", UriKind.Relative);
        var result = (await app.Http.GetFromJsonAsync<SearchResult>(address, Json.Options))!;
        Assert.Equal(front.Knee!.Architecture, result.Requested.Winner!.Architecture);
        var report = await app.Http.GetStringAsync(new Uri($"/api/searches/{id}/report", UriKind.Relative));
        Assert.Contains("hypervolume by generation", report, StringComparison.Ordinal);
        Assert.Contains("The knee is ", report, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?gFlops=0", "gFlops", "must be one number above 0.")]
    [InlineData("?gFlops=NaN", "gFlops", "must be one number above 0.")]
    [InlineData("?latencyMs=9&latencyMs=8", "latencyMs", "must be one number above 0.")]
    [InlineData("?latency=9", "latency", "is unknown; allowed: latencyMs, gFlops, gFlopsWithoutLastLayer, parametersMillions.")]
    public async Task A_query_that_is_not_valid_is_refused_by_parameter(string query, string parameter, string message)
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        var answer = await AskAsync(app, "0123456789abcdef", query);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var errors = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(message, errors.GetProperty(parameter)[0].GetString());
    }

    private static Task<HttpResponseMessage> AskAsync(FunctionApp app, string id, string query) =>
        app.Http.GetAsync(new Uri($"/api/searches/{id}/front{query}", UriKind.Relative));

    private static async Task<FrontAnswer> AnswerAsync(FunctionApp app, string id, string query) =>
        (await (await AskAsync(app, id, query)).Content.ReadFromJsonAsync<FrontAnswer>(Json.Options))!;

    private static async Task<FinishedSearch> InProcessAsync(PreparedSearch prepared)
    {
        var search = await prepared.ContextAsync();
        var rankers = new HybridRankers(
            search.Request.Schedule, search.Request.Evolution.Iterations,
            new PredictorRanker(RankerIds.Distilled, search.Predictor!), new PredictorRanker(RankerIds.Supernet, new LossPredictor()));
        return await InProcessSearch.RunAsync(new SearchSession(search.Engine, rankers));
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
