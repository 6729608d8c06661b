using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Functions.Distillation;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Searches;
using HsNas.Functions.Sweeps;
using HsNas.Functions.Tests.Schemas;
using HsNas.Functions.Tests.Support;
using HsNas.Functions.Tests.Sweeps;
using HsNas.Kernel.Stores;
using HsNas.Storage;
using HsNas.Translation;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.Functions.Tests.Histories;

/// <summary>
/// What is recorded: three searches, a distillation and a sweep in the whole app, over the local engine and real storage. Between them
/// they run every orchestrator and every activity, and a storage fault, a slow job, a provider's batch and a stopped sweep come in.
/// Samples of what they leave behind are kept, too.
/// </summary>
internal sealed class RecordedStories(FunctionApp app, HistoryRecorder recorder, string recording)
{
    private const string TaskName = "tiny-en-de";
    private const string Durable = "/runtime/webhooks/durabletask/orchestrators";
    private const int TimesFaster = 60;

    // Labels for two histories of a distillation, generations for two of a run.
    private const string Whole = """
        { "task": "tiny-en-de", "labels": 90, "maxCostUsd": 50, "compare": true, "scoring": "race", "window": { "start": 1, "end": 10 },
          "distilText": { "steps": 40 },
          "evolution": { "iterations": 14, "population": 12, "parents": 4, "mutations": 4, "crossovers": 4 } }
        """;

    private const string DistilledSupernet = """
        { "task": "tiny-en-de", "teacher": "supernet", "labels": 40, "trainWinner": false, "window": { "start": 1, "end": 2 },
          "evolution": { "iterations": 3, "population": 12, "parents": 4, "mutations": 4, "crossovers": 4 } }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    private const string Front = """
        { "task": "tiny-en-de", "objectives": ["quality", "parameters"], "trainWinner": false, "window": { "start": -1, "end": -1 },
          "evolution": { "iterations": 3, "population": 12, "parents": 4, "mutations": 4, "crossovers": 4 } }
        """;

    /// <summary>Tells all stories and writes down their histories.</summary>
    public static async Task RecordAsync(string connection, string recording)
    {
        var recorder = new HistoryRecorder();
        await using var model = await ServedModel.StartAsync("--Batches:Delay=00:00:02");
        await using var app = await FunctionApp.StartAsync(
            connection,
            services =>
            {
                services.AddSingleton(recorder.Options);
                services.AddSingleton<TimeProvider>(new FastTime(TimesFaster));
                services.AddSingleton<BlobArtifactStore>();
                services.AddSingleton<IArtifactStore>(s => new OnceFailingStore(s.GetRequiredService<BlobArtifactStore>(), "context.json"));
            },
            ("Pipeline:LatencyArchitectures", "30"), ("Llm:Endpoint", model.Options.Endpoint), ("Llm:Model", model.Options.Model),
            ("Llm:BatchSize", "5"), ("Llm:Price:InputPerMillion", "1"), ("Llm:Price:OutputPerMillion", "1"));
        await using var worker = new ScoringWorker(app, others: MadeUpTrainings.DoAsync);
        await app.Store.WriteJsonAsync(
            BlobLayout.CurrentDataset(TaskName), new DatasetManifest(TaskName, "hash", "made up", 100, 1, 1, 1));
        await app.Store.WriteTextAsync(BlobLayout.SourceText(TaskName, "hash", CorpusPart.Valid), "Ein Haus .\n");
        await app.Store.WriteTextAsync(BlobLayout.References(TaskName, "hash", CorpusPart.Valid), "A house .\n");
        await app.Store.WriteTextAsync(BlobLayout.Seeds(TaskName), await File.ReadAllTextAsync(Seeds()));
        var stories = new RecordedStories(app, recorder, recording);
        var sweep = await stories.SweepAsync();
        await app.Store.DeleteAsync(BlobLayout.Champion(TaskName)); // The search makes one of its own.
        var search = await stories.SearchAsync("search", Whole);
        await stories.SearchAsync("search-distilled-supernet", DistilledSupernet);
        var front = await stories.SearchAsync("search-front", Front);
        await stories.DistilAsync();
        await new SampleKeeper(app).KeepAsync(TaskName, search, front, sweep);
    }

    private async Task<string> SearchAsync(string story, string request)
    {
        using var user = new SearchClient(app.Http);
        var id = (await user.SubmitAsync(Encoding.UTF8.GetBytes(request), null, default)).Id;
        await EndAsync(async () =>
            await user.StatusAsync(id, default) is { Status: "Completed" or "Failed" } status ? status.Error ?? "" : null);
        Keep(story, id);
        return id;
    }

    private async Task DistilAsync()
    {
        const string Id = "redistil";
        var input = new DistillationInput(TaskName, 30)
        {
            Epoch = "again",
            Reasons = ["recorded"],
            ProviderBatchWaits = new ProviderBatchWaits(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10)),
        };
        using var body = new StringContent(JsonSerializer.Serialize(input), Encoding.UTF8, "application/json");
        using var started = await app.Http.PostAsync(
            new Uri($"{Durable}/{nameof(DistillationOrchestrator)}/{Id}", UriKind.Relative), body);
        started.EnsureSuccessStatusCode();
        await EndAsync(() => Task.FromResult(recorder.HasEnded(Id) ? "" : null));
        // Its child has an id of its own making.
        Keep("distillation", "", nameof(DistillationOrchestrator), nameof(ProviderBatchOrchestrator));
    }

    private async Task<string> SweepAsync()
    {
        using var user = new SweepDriver(app);
        var id = await user.SubmitAsync("""{ "window": [{ "start": 1, "end": 2 }], "labels": [20], "evolution.seed": [1, 2, 3] }""");
        await user.UntilAsync(id, s => s.Counts.Running > 0);
        await user.Client.StopAsync(id, default);
        await user.UntilAsync(id, s => s.Status == "Stopped");
        await user.Client.ResumeAsync(id, default);
        await user.UntilAsync(id, s => s.Status == "Completed");
        Keep("sweep", "", nameof(SweepOrchestrator), nameof(SearchOrchestrator));
        return id;
    }

    private void Keep(string story, string prefix, params string[] orchestrators)
    {
        foreach (var history in recorder.Of($"{recording}/{story}", prefix, orchestrators)) RecordedFiles.Write(history);
        recorder.Clear();
    }

    private static async Task EndAsync(Func<Task<string?>> error)
    {
        using var patience = new CancellationTokenSource(Patience);
        string? ended;
        while ((ended = await error()) is null) await Task.Delay(50, patience.Token);
        Assert.Equal("", ended);
        await Task.Delay(200, CancellationToken.None); // Until the probe has seen the last turn.
    }

    private static string Seeds([CallerFilePath] string caller = "") => Path.Combine(
        Path.GetDirectoryName(caller)!, "..", "..", "..", "data", "seeds", $"{TaskName}.jsonl");
}
