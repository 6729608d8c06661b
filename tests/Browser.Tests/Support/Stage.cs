using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Predictors;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;
using HsNas.Translation;
using Microsoft.Playwright;

namespace HsNas.Browser.Tests.Support;

/// <summary>
/// The app with keys, storage and a worker whose supernet is made up, two searches that have run to their end, and a Chromium that
/// looks at them.
/// </summary>
public sealed class Stage : IAsyncLifetime
{
    /// <summary>Opens everything.</summary>
    public const string HostKey = "host-key";

    /// <summary>Opens what the dashboard reads, and nothing else.</summary>
    public const string ReadingKey = "reading-key";

    /// <summary>What is searched for.</summary>
    public const string TaskName = "tiny-en-de";
    private static readonly string[] Readable =
        ["UiSearches", "UiSearch", "UiCard", "UiCompare", "UiCompareCsv", "UiStart", "UiSweeps", "UiSweep", "UiSweepStart"];

    private readonly Azurite _azurite = new();
    private FunctionApp _app = null!;
    private readonly Stack<IAsyncDisposable> _open = new();
    private readonly Lazy<Task<string>> _large;
    private IPlaywright _playwright = null!;

    /// <summary>Nothing is open yet.</summary>
    public Stage() => _large = new(async () =>
    {
        var id = await SearchAsync(seed: 3, latencyMs: 6);
        await LargeArchive.FillAsync(_app.Store, id, TaskCatalog.Get(TaskName));
        return id;
    });

    /// <summary>The searches, oldest first.</summary>
    public IReadOnlyList<string> Searches { get; private set; } = [];

    /// <summary>A search of which the archive holds 10,000 candidates.</summary>
    public Task<string> LargeAsync() => _large.Value;

    /// <summary>Where the app listens.</summary>
    public Uri Address => _app.Http.BaseAddress!;

    /// <summary>The browser.</summary>
    public IBrowser Browser { get; private set; } = null!;

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        await _azurite.InitializeAsync();
        (string Key, string Value)[] keys =
            [("FunctionKeys:default", HostKey), .. Readable.Select(f => ($"FunctionKeys:{f}:reader", ReadingKey))];
        _app = await FunctionApp.StartAsync(_azurite.ConnectionString, [.. keys, ("Pipeline:LatencyArchitectures", "200")]);
        _app.Http.DefaultRequestHeaders.Add("x-functions-key", HostKey);
        _open.Push(_app);
        _open.Push(new ScoringWorker(_app, MadeUpDevice.Measure));
        await PrepareAsync();
        Searches = [await SearchAsync(seed: 1, latencyMs: 6), await SearchAsync(seed: 2, latencyMs: 4.5)];
        _playwright = await Playwright.CreateAsync();
        Assertions.SetDefaultExpectTimeout(30_000);
        Browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
        {
            ExecutablePath = Chromium.Program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"],
        });
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        if (Browser is not null) await Browser.DisposeAsync();
        _playwright?.Dispose();
        while (_open.TryPop(out var open)) await open.DisposeAsync();
        await _azurite.DisposeAsync();
    }

    /// <summary>Gives an app what a search needs to begin: a data set and seed architectures.</summary>
    internal static async Task UploadAsync(IArtifactStore store)
    {
        await store.WriteJsonAsync(BlobLayout.CurrentDataset(TaskName), new DatasetManifest(TaskName, "hash", "made up", 100, 1, 1, 1));
        var seeds = Path.Combine(Images.Checkout, "data", "seeds", $"{TaskName}.jsonl");
        await store.WriteTextAsync(BlobLayout.Seeds(TaskName), await File.ReadAllTextAsync(seeds));
    }

    // A predictor with the points that the page about trust shows.
    private async Task PrepareAsync()
    {
        await UploadAsync(_app.Store);
        var task = TaskCatalog.Get(TaskName);
        var pool = PredictorDistiller.Pool(task, 200, 1);
        var trained = PredictorDistiller.Train(
            task, pool, [.. pool.Select(a => 20.0 + a.DecoderLayers)], MlpTrainingOptions.Default with { Steps = 20 });
        using var model = new MemoryStream();
        trained.Model.Save(model);
        var path = BlobLayout.Predictor(TaskName, "0123456789abcdef");
        await _app.Store.WriteAsync(path, model.ToArray());
        var points = pool.Take(30).Select((a, i) => new PredictedAndTrained(
            20 + a.DecoderLayers + (i % 3 * 0.2), 20.2 + a.DecoderLayers + (i % 5 * 0.15), i % 3 == 0)).ToList();
        var labels = new LabelStatistics("made-up-model", 200, 210, 40, 120_000, 9_000) { CostUsd = 0.31m, SpentUsd = 0.06m };
        var record = new DistilledPredictorRecord(
            "0123456789abcdef", path.ToString(), DemonstratedRange.Of([.. pool.Take(10).Select(a => new Demonstration(a, 1, 21))]), labels,
            new PredictorQuality(0.31, 0.62, 0.44, 0.51, points), "first of its task", default);
        await _app.Store.WriteJsonAsync(BlobLayout.Champion(TaskName), record);
        await _app.Store.WriteJsonAsync(BlobLayout.PredictorRecord(TaskName, record.Fingerprint), record);
    }

    private async Task<string> SearchAsync(int seed, double latencyMs)
    {
        using var started = await _app.Http.PostAsJsonAsync(new Uri("/api/searches", UriKind.Relative), new
        {
            task = TaskName, trainWinner = false, scoring = "full", limits = new { latencyMs },
            evolution = new { iterations = 12, population = 40, parents = 10, mutations = 15, crossovers = 15, seed },
        });
        Assert.True(started.IsSuccessStatusCode, await started.Content.ReadAsStringAsync());
        var id = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            var status = await _app.Http.GetFromJsonAsync<SearchStatus>(new Uri($"/api/searches/{id}", UriKind.Relative), Json.Options);
            if (status!.Status == "Completed") return id;
            Assert.True(status.Status is "Pending" or "Running", $"{status.Status}: {status.Error}");
            await Task.Delay(100, patience.Token);
        }
    }
}
