using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Sessions;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Evolution;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Searches.Preparation;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace HsNas.Functions.Tests.Support;

/// <summary>A search of tiny-en-de for which everything is made, so that its generations can begin.</summary>
internal sealed class PreparedSearch(FunctionApp app, SearchInput input, int iterations)
{
    private const string Task = "tiny-en-de";
    private const string Base = "/runtime/webhooks/durabletask";

    /// <summary>The search with its context.</summary>
    public SearchInput Input => input;

    /// <summary>What decides its generations.</summary>
    public Task<SearchContext> ContextAsync() => app.Services.GetRequiredService<SearchContexts>().GetAsync(input, default);

    /// <summary>Stores request, plan and a distilled predictor, and fixes the context.</summary>
    public static async Task<PreparedSearch> CreateAsync(FunctionApp app, SearchRequest request)
    {
        var id = Guid.NewGuid().ToString("N");
        var files = app.Services.GetRequiredService<SearchFiles>();
        await files.WriteRequestAsync(id, request, default);
        var plan = new SearchPlan(Task, "data", request.Device, "checkpoints/net", $"checkpoints/scores-{id}.json", "", request.Compare);
        await files.CreatePlanAsync(id, plan, default);
        await PromoteAsync(app);
        return new PreparedSearch(app, await FixContextAsync(app, id), request.Evolution.Iterations);
    }

    /// <summary>Fixes the context of a search whose parts are there; the search with its context.</summary>
    public static async Task<SearchInput> FixContextAsync(FunctionApp app, string id)
    {
        var search = new SearchInput(id, id);
        var hash = await ActivatorUtilities.CreateInstance<FixContextActivity>(app.Services).RunAsync(search, Mock.Of<FunctionContext>());
        return search with { Context = hash };
    }

    /// <summary>A request for tiny-en-de.</summary>
    public static SearchRequest Request(int iterations) => new()
    {
        Task = Task,
        Evolution = new(
            ) { Iterations = iterations, Population = 24, Parents = 6, Mutations = 9, Crossovers = 9,
            DistinctPopulation = true },
    };

    /// <summary>Runs the generations by the durable orchestration; what the run ended with.</summary>
    public async Task<FinalistList> RunAsync()
    {
        var body = JsonSerializer.Serialize(new EvolutionInput(input, RunKind.Requested, iterations, RunTally.Start));
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await app.Http.PostAsync(
            new Uri($"{Base}/orchestrators/{nameof(EvolutionOrchestrator)}", UriKind.Relative), content);
        var instance = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString();
        for (var status = ""; status != "Completed"; await System.Threading.Tasks.Task.Delay(5))
        {
            var metadata = await app.Http.GetFromJsonAsync<JsonElement>(new Uri($"{Base}/instances/{instance}", UriKind.Relative));
            status = metadata.GetProperty("runtimeStatus").GetString();
            Assert.False(status is "Failed" or "Terminated", $"{metadata}");
        }

        return await app.Services.GetRequiredService<SearchFiles>().FinalistsAsync(input.SearchId, RunKind.Requested, default);
    }

    private static async Task PromoteAsync(FunctionApp app)
    {
        var task = TaskCatalog.Get(Task);
        var pool = PredictorDistiller.Pool(task, 200, 1);
        var trained = PredictorDistiller.Train(
            task, pool, [.. pool.Select(a => 20.0 + a.DecoderLayers)], MlpTrainingOptions.Default with { Steps = 20 });
        using var model = new MemoryStream();
        trained.Model.Save(model);
        var path = BlobLayout.Predictor(Task, "0123456789abcdef");
        await app.Store.WriteAsync(path, model.ToArray());
        var range = DemonstratedRange.Of([.. pool.Take(10).Select(a => new Demonstration(a, 1, 20.0 + a.DecoderLayers))]);
        var champion = new DistilledPredictorRecord(
            "0123456789abcdef", path.ToString(), range, new LabelStatistics("test", 200, 200, 200, 1, 1),
            new PredictorQuality(0, 1, 1, 0, []), "test", default);
        await app.Store.WriteJsonAsync(BlobLayout.Champion(Task), champion);
    }
}
