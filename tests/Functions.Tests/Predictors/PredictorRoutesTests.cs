using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Predictors;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;
using HsNas.Predictors;

namespace HsNas.Functions.Tests.Predictors;

/// <summary>/api/predictors over HTTP.</summary>
public sealed class PredictorRoutesTests(Azurite azurite) : IClassFixture<Azurite>
{
    // Tests share the storage: one task is distilled, the other gets a champion.
    private const string Task = "tiny-en-de";
    private const string Other = "tiny-en-fr";
    private const string Fingerprint = "0123456789abcdef";

    [Fact]
    public async Task What_cannot_be_distilled_is_refused_by_field()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("Llm:Model", "nobody-lists-this"));
        await UploadSeedsAsync(app);

        Assert.Equal((400, "errors.task", "no trained seed architectures"),
            await RefusedAsync(app, Other, "redistil", new { }, "no trained seed architectures"));
        Assert.Equal((400, "errors.maxCostUsd", "nobody-lists-this"),
            await RefusedAsync(app, Task, "redistil", new { maxCostUsd = 1 }, "nobody-lists-this"));
        Assert.Equal((400, "errors.labels", "20 to 100000"), await RefusedAsync(app, Task, "redistil", new { labels = 1 }, "20 to 100000"));
        Assert.Equal((404, "detail", "no task 'nobody'"), await RefusedAsync(app, "nobody", "redistil", new { }, "no task 'nobody'"));
        Assert.Equal((404, "detail", "no task 'nobody'"),
            await RefusedAsync(app, "nobody", "select", new { fingerprint = Fingerprint }, "no task 'nobody'"));
        Assert.Equal((404, "detail", $"no predictor {Fingerprint}"),
            await RefusedAsync(app, Task, "select", new { fingerprint = Fingerprint }, $"no predictor {Fingerprint}"));
    }

    [Fact]
    public async Task One_redistillation_of_a_task_runs_at_a_time_and_its_predictor_says_so()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5"));
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("Llm:Endpoint", model.Endpoint), ("Llm:Model", "m"));
        await UploadSeedsAsync(app);

        var before = await StatusAsync(app);
        Assert.False(before.TryGetProperty("champion", out _) || before.TryGetProperty("running", out _));
        Assert.Equal(["no predictor yet"], before.GetProperty("due").EnumerateArray().Select(r => r.GetString()));

        // No worker runs here: it waits for the MLP's training.
        var (first, id) = await StartAsync(app);
        var (second, same) = await StartAsync(app);
        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Conflict, id), (first, second, same));
        Assert.Equal(id, (await StatusAsync(app)).GetProperty("running").GetString());
    }

    [Fact]
    public async Task A_kept_predictor_can_be_put_in_force_and_the_history_tells()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        var kept = new DistilledPredictorRecord(
            Fingerprint, BlobLayout.Predictor(Other, Fingerprint)
                .ToString(), new DemonstratedRange(1, 2, 1, 3, 20, 30), new LabelStatistics("m", 1, 1, 1, 1, 1),
            new PredictorQuality(1.5, 0.5, 2, null,
                [new PredictedAndTrained(20, 21, Shown: false), new PredictedAndTrained(20, 20, Shown: true)]), "not better",
                DateTimeOffset.UnixEpoch);
        await app.Store.WriteJsonAsync(BlobLayout.PredictorRecord(Other, Fingerprint), kept);

        using var answer = await app.Http.PostAsJsonAsync(Route(Other, "select"), new { fingerprint = Fingerprint });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var decision = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("selected", Fingerprint, 1),
            (decision.GetProperty("outcome").GetString(), decision.GetProperty("fingerprint").GetString(), decision.GetProperty("gold")
            .GetInt32()));
        var status = await StatusAsync(app, Other);
        Assert.Equal((Fingerprint, "selected by hand"),
            (status.GetProperty("champion").GetProperty("fingerprint").GetString(), status.GetProperty("champion").GetProperty("reason")
            .GetString()));
        Assert.Equal(decision.GetProperty("id").GetString(), Assert.Single(status.GetProperty("history").EnumerateArray()).GetProperty("id")
            .GetString());
    }

    [Fact]
    public async Task A_model_that_retires_soon_is_warned_of()
    {
        var soon = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime).AddDays(10);
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString, ("Llm:RetirementDate", $"{soon:yyyy-MM-dd}"));
        Assert.Contains("is retired on", Assert.Single((await StatusAsync(app)).GetProperty("warnings").EnumerateArray())
            .GetString(), StringComparison.Ordinal);
    }

    private static Uri Route(string task, string action) => new($"/api/predictors/{task}/{action}", UriKind.Relative);

    private static Task<JsonElement> StatusAsync(FunctionApp app, string task = Task) =>
        app.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/predictors/{task}", UriKind.Relative));

    private static async Task<(HttpStatusCode Status, string? Id)> StartAsync(FunctionApp app)
    {
        using var answer = await app.Http.PostAsJsonAsync(Route(Task, "redistil"), new { labels = 20 });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal($"/api/predictors/{Task}", body.GetProperty("links").GetProperty("predictor").GetString());
        return (answer.StatusCode, body.GetProperty("id").GetString());
    }

    // Status, the first field of the problem, and the words sought where they are in it.
    private static async Task<(int Status, string Field, string? Words)> RefusedAsync(
        FunctionApp app, string task, string action, object body, string words)
    {
        using var answer = await app.Http.PostAsJsonAsync(Route(task, action), body);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var field = problem.TryGetProperty("errors", out var errors) ? errors.EnumerateObject().Single() : default;
        var (name, text) = field.Value.ValueKind == JsonValueKind.Array
            ? ($"errors.{field.Name}", field.Value[0].GetString()!) : ("detail", problem.GetProperty("detail").GetString()!);
        return ((int)answer.StatusCode, name, text.Contains(words, StringComparison.Ordinal) ? words : text);
    }

    private static async Task UploadSeedsAsync(FunctionApp app)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "HsNas.sln"))) root = root.Parent;
        await app.Store.WriteTextAsync(
            BlobLayout.Seeds(Task), await File.ReadAllTextAsync(Path.Combine(root.FullName, "data", "seeds", $"{Task}.jsonl")));
    }
}
