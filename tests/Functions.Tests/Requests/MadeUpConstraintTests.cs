using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Verification;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Spaces;
using HsNas.Translation;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HsNas.Functions.Tests.Requests;

/// <summary>A limit that only this file knows, from the request to the report: what docs/extending.md shows.</summary>
public sealed class MadeUpConstraintTests(Azurite azurite) : IClassFixture<Azurite>
{
    private const string Task = "tiny-en-de";
    private const int MostHeads = 20;

    [Fact]
    public async Task A_limit_below_the_least_of_the_space_is_refused_with_that_least()
    {
        await using var app = await StartAsync();

        Assert.Equal(
            "The attention heads limit 1 cannot be met: the least any architecture of this space needs is 8.",
            await FaultAsync(app, 1, "limits"));
        Assert.Equal("must be a number above 0, or null, not \"many\".", await FaultAsync(app, "many", "limits.attentionHeads"));
    }

    [Fact]
    public async Task A_limit_that_was_not_added_is_unknown()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);

        Assert.StartsWith(
            "is unknown; allowed: latencyMs, gFlops,", await FaultAsync(app, 20, "limits.attentionHeads"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_keeps_the_limit_and_its_report_shows_it()
    {
        await using var app = await StartAsync();
        await app.Store.WriteJsonAsync(BlobLayout.CurrentDataset(Task), new DatasetManifest(Task, "hash", "made up", 100, 1, 1, 1));

        var id = await StartSearchAsync(app);
        var search = await PreparedSearch.FixContextAsync(app, id);
        var verification = await SearchAndMeasureAsync(app, search);
        await MadeUpVerification.ReportAsync(app, search, verification);

        var result = (await app.Http.GetFromJsonAsync<SearchResult>(
            new Uri($"/api/searches/{id}/result", UriKind.Relative), Json.Options))!;
        Assert.Equal(MostHeads, result.Request.Limits["attentionHeads"]);
        Assert.Equal(["attention heads 24 is above the limit 20"], result.Requested.Finalists[0].Violations);
        Assert.All(result.Requested.Finalists.Skip(1), f => Assert.Equal(
            (HeadsConstraint.Count(f.Architecture), true), (f.Values["attentionHeads"], f.Violations.Count == 0)));
        Assert.Equal(result.Requested.Finalists[1].Architecture, result.Requested.Winner!.Architecture);
        var report = await app.Http.GetStringAsync(new Uri($"/api/searches/{id}/report", UriKind.Relative));
        Assert.Contains(
            $"<th scope=\"row\">Attention heads</th><td>{HeadsConstraint.Count(result.Requested.Winner.Architecture)}</td>", report,
            StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">Attention heads, limit</th><td>20</td>", report, StringComparison.Ordinal);
    }

    private Task<FunctionApp> StartAsync() =>
        FunctionApp.StartAsync(
            azurite.ConnectionString, services => services.AddSingleton(ConstraintSet.BuiltIn.With(new HeadsConstraint())));

    private static Task<HttpResponseMessage> PostAsync(FunctionApp app, object heads) => app.Http.PostAsJsonAsync(
        new Uri("/api/searches", UriKind.Relative),
        new { task = Task, limits = new { attentionHeads = heads }, window = new { start = -1, end = -1 }, trainWinner = false });

    private static async Task<string?> FaultAsync(FunctionApp app, object heads, string field)
    {
        using var answer = await PostAsync(app, heads);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").GetProperty(field)[0].GetString();
    }

    // Accepted over HTTP; its orchestration writes the plan and then waits, since no worker runs here.
    private static async Task<string> StartSearchAsync(FunctionApp app)
    {
        using var answer = await PostAsync(app, MostHeads);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await app.Store.ExistsAsync(BlobLayout.PlanFile(id))) await System.Threading.Tasks.Task.Delay(20, patience.Token);
        return id;
    }

    // What generations and a worker leave, with one finalist too many that breaks the limit.
    private static async Task<JobRef> SearchAndMeasureAsync(FunctionApp app, SearchInput search)
    {
        var id = search.SearchId;
        var files = app.Services.GetRequiredService<SearchFiles>();
        var context = await app.Services.GetRequiredService<SearchContexts>().GetAsync(search, default);
        var (task, engine) = (context.Task, context.Engine);
        var state = engine.Start();
        while (state.Generation < 4)
        {
            var population = engine.Candidates(state);
            Assert.All(population.Architectures, a => Assert.InRange(HeadsConstraint.Count(a), 1, MostHeads));
            state = engine.Next(
                state, population.Expand([.. population.Architectures.Select(a => -HeadsConstraint.Count(a))]),
                MetricDirection.LowerIsBetter, "made up");
        }

        var kept = state.Parents.Select(g => engine.Codec.Decode(g.AsSpan())).Distinct().Take(3).ToList();
        var tooMany = new ArchitectureSampler(task.Space, 1).Distinct(500).First(a => HeadsConstraint.Count(a) == 24);
        List<Architecture> finalists = [tooMany, .. kept];
        await files.WriteFinalistsAsync(
            id, RunKind.Requested, new FinalistList([.. finalists.Select(a => new RankedArchitecture(a, 1))], state.Trace, []), default);
        return await MadeUpVerification.MeasureAsync(app, id, finalists.Count);
    }

    /// <summary>The example of docs/extending.md: how many attention heads there are in all.</summary>
    private sealed class HeadsConstraint : Constraint
    {
        public override string Id => "attentionHeads";

        public override string Name => "attention heads";

        public override string Description => "Most attention heads, of all layers together.";

        public static int Count(Architecture architecture) =>
            architecture.EncoderHeads.Sum() + architecture.DecoderSelfHeads.Sum() + architecture.DecoderCrossHeads.Sum();

        public override double Value(Architecture architecture, ConstraintContext context) => Count(architecture);
    }
}
