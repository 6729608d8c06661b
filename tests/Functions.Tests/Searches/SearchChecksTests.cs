using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Text;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Models;
using HsNas.Predictors.Latency;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Functions.Tests.Searches;

public sealed class SearchChecksTests : IDisposable
{
    private const string Tiny = "tiny-en-de";

    private readonly TemporaryStore _blobs = new();
    private readonly TaskStore _tasks;
    private readonly SearchChecks _checks;

    public SearchChecksTests()
    {
        _tasks = new TaskStore(_blobs.Store);
        _checks = new SearchChecks(
            _tasks, new FeasibilityService(_tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(new LlmOptions()),
            new TextTeachers(_tasks, _blobs.Store));
    }

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task A_task_without_data_without_seeds_or_without_a_recipe_is_refused_with_what_to_do()
    {
        await _blobs.Store.WriteTextAsync(BlobLayout.Task("mine"), JsonSerializer.Serialize(
            TaskCatalog.Get(Tiny) with { Name = "mine", Training = null }, StrictJson.Options));
        Assert.Contains("has no training recipe", (await RefusalAsync("mine"))!.Message, StringComparison.Ordinal);
        Assert.Contains("hsnas data prepare tiny-en-de", (await RefusalAsync(Tiny))!.Message, StringComparison.Ordinal);
        await _blobs.Store.WriteJsonAsync(BlobLayout.CurrentDataset(Tiny), new DatasetManifest(Tiny, "hash", "made up", 100, 1, 1, 1));
        Assert.Contains("hsnas seeds", (await RefusalAsync(Tiny))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Broken_seeds_are_refused_by_line_and_field()
    {
        await _blobs.Store.WriteJsonAsync(BlobLayout.CurrentDataset(Tiny), new DatasetManifest(Tiny, "hash", "made up", 100, 1, 1, 1));
        await _blobs.Store.WriteTextAsync(BlobLayout.Seeds(Tiny), "{\"arch_id\":1}\n");

        var refusal = await RefusalAsync(Tiny);

        Assert.Equal("task", refusal!.Field);
        Assert.Contains("seeds.jsonl:1", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_on_money_needs_a_price_that_is_known()
    {
        var options = new LlmOptions { Model = "my-deployment" };
        SearchChecks Checks(LlmOptions llm) =>
            new(_tasks, new FeasibilityService(_tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(llm),
                new TextTeachers(_tasks, _blobs.Store));
        var request = new SearchRequest { Task = Tiny, MaxCostUsd = 1 };

        var refusal = await Checks(options).RefusalAsync(request, CancellationToken.None);
        Assert.Equal("maxCostUsd", refusal!.Field);
        Assert.Contains("Llm__PricedAs", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            "task", (await Checks(options with { PricedAs = "gpt-4o-mini" }).RefusalAsync(request, CancellationToken.None))!.Field);
        Assert.Equal("task", (await Checks(options with { Price = new PriceOptions { InputPerMillion = 1 } }).RefusalAsync(
            request, CancellationToken.None))!.Field);
    }

    [Theory]
    [InlineData(false, 0.9, "stored without held-out errors; fit it again")]
    [InlineData(true, 0.95, "10 held-out measurements can give; this one needs 19")]
    public async Task A_confidence_that_the_devices_predictor_cannot_give_is_refused(bool calibrated, double confidence, string why)
    {
        var records = new ArchitectureSampler(TaskCatalog.Get(Tiny).Space, 1).Distinct(100)
            .Select(a => LatencyRecord.Of(a, 1, a.DecoderLayers, 0, 0)).ToList();
        using var bytes = new MemoryStream();
        LatencyPredictor.Fit("default", records, seed: 1).Save(bytes);
        var file = JsonNode.Parse(bytes.ToArray())!.AsObject();
        if (!calibrated) file.Remove("calibration");
        await _blobs.Store.WriteTextAsync(BlobLayout.LatencyModel("default", Tiny), file.ToJsonString());

        var refusal = await _checks.RefusalAsync(
            new SearchRequest { Task = Tiny, Limits = new() { LatencyMs = 100 }, LatencyConfidence = confidence }, CancellationToken.None);

        Assert.Equal("latencyConfidence", refusal!.Field);
        Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("torch", "default")]
    [InlineData("onnx", "default.onnx")]
    public async Task A_limit_is_compared_with_latencies_of_the_runtime_that_was_asked_for(string runtime, string name)
    {
        var records = new ArchitectureSampler(TaskCatalog.Get(Tiny).Space, 1).Distinct(100)
            .Select(a => LatencyRecord.Of(a, 1, a.DecoderLayers, 0, 0)).ToList();
        using var bytes = new MemoryStream();
        LatencyPredictor.Fit("default", records, seed: 1).Save(bytes);
        await _blobs.Store.WriteAsync(BlobLayout.LatencyModel(name, Tiny), bytes.ToArray());
        var request = new SearchRequest { Task = Tiny, Limits = new() { LatencyMs = 0.5 } };

        Assert.Equal("limits", (await _checks.RefusalAsync(request with { Runtime = runtime }, CancellationToken.None))!.Field);
        var other = runtime == "torch" ? "onnx" : "torch";
        Assert.NotEqual("limits", (await _checks.RefusalAsync(request with { Runtime = other }, CancellationToken.None))?.Field);
    }

    [Fact]
    public async Task A_limit_that_only_predictions_keep_is_refused_where_bounds_are_asked_for()
    {
        var random = new SeededRandom(1);
        var records = new ArchitectureSampler(TaskCatalog.Get(Tiny).Space, 1).Distinct(200)
            .Select(a => LatencyRecord.Of(a, 1, 10 * (1 + random.NextDouble()), 0, 0)).ToList();
        var predictor = LatencyPredictor.Fit("default", records, seed: 1);
        using var bytes = new MemoryStream();
        predictor.Save(bytes);
        await _blobs.Store.WriteAsync(BlobLayout.LatencyModel("default", Tiny), bytes.ToArray());
        var request = new SearchRequest { Task = Tiny, Limits = new() { LatencyMs = 18 } };

        // Predictions lie around 16 ms; bounds, around 20 ms. Without a data set the first is refused for that alone.
        Assert.Equal("task", (await _checks.RefusalAsync(request, CancellationToken.None))!.Field);
        var refusal = await _checks.RefusalAsync(request with { LatencyConfidence = 0.9 }, CancellationToken.None);
        Assert.Equal("limits", refusal!.Field);
        Assert.EndsWith("Latencies are upper bounds at confidence 0.9.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_teacher_is_a_search_that_trained_its_winner_on_the_same_text_or_a_model_of_the_same_subwords()
    {
        await _blobs.Store.WriteJsonAsync(BlobLayout.CurrentDataset(Tiny), new DatasetManifest(Tiny, "hash", "made up", 100, 1, 1, 1));
        var request = new SearchRequest
        {
            Task = Tiny, Window = new(-1, -1), DistilText = new TextDistillation { Teacher = "earlier" },
        };

        await StoreAsync("data set", ["a"]);
        await RefusedAsync("is no finished search, and no stored model");
        await StoreAsync("export", ["b"]);
        await RefusedAsync("is a model whose subwords are not those of tiny-en-de, data set hash");
        await StoreAsync("export", ["a"]);
        Assert.Equal("earlier", await new TextTeachers(_tasks, _blobs.Store).ModelAsync(request, CancellationToken.None));
        await FinishAsync("hash", export: null);
        await RefusedAsync("is a search that trained no winner");
        await FinishAsync("other", "checkpoints/export-abc/config.json");
        await RefusedAsync("is a search of tiny-en-de, data set other; this one is of tiny-en-de, data set hash");
        await FinishAsync("hash", "checkpoints/export-abc/config.json");
        Assert.Null(await _checks.RefusalAsync(request, CancellationToken.None));
        Assert.Equal("abc", await new TextTeachers(_tasks, _blobs.Store).ModelAsync(request, CancellationToken.None));

        async Task RefusedAsync(string why)
        {
            var refusal = await _checks.RefusalAsync(request, CancellationToken.None);
            Assert.Equal("distilText.teacher", refusal!.Field);
            Assert.Contains(why, refusal.Message, StringComparison.Ordinal);
        }

        Task StoreAsync(string file, string[] characters) => _blobs.Store.WriteJsonAsync(
            file == "export" ? BlobLayout.Export("earlier", ModelFiles.VocabularyFile) : BlobLayout.Vocabulary(Tiny, "hash"),
            new BytePairVocabulary(characters, new List<string>()));

        Task FinishAsync(string dataset, string? export) => _blobs.Store.WriteJsonAsync(BlobLayout.ResultFile("earlier"), new SearchResult
        {
            Id = "earlier", Request = new SearchRequest { Task = Tiny }, Dataset = dataset, DeviceFingerprint = "cpu",
            StageSeconds = new Dictionary<string, double>(),
            Runs =
            [
                new RunResult
                {
                    Kind = RunKind.Requested, Name = "HS-NAS", Finalists = [], Trace = [], DistilledSeconds = 0, SupernetSeconds = 0,
                    SupernetScorings = 0, Rankers = new Dictionary<string, RankerTally>(),
                    Training = new TrainFromScratchResult(1, 2, 3, 4, 5, "checkpoints/model-abc.bin", Export: export),
                },
            ],
        });
    }

    [Fact]
    public async Task A_limit_nobody_can_meet_is_refused_with_the_least_value()
    {
        var refusal = await RefusalAsync(Tiny, new SearchConstraints { ParametersMillions = 1e-6 });

        Assert.Equal("limits", refusal!.Field);
        Assert.Matches("the least any architecture of this space needs is [0-9.]+", refusal.Message);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("{\"name\":\"mine\"}")]
    [InlineData(null)]
    public async Task A_users_task_that_is_malformed_or_lies_in_the_wrong_folder_is_refused(string? definition)
    {
        var other = TaskCatalog.Get(Tiny) with { Name = "other" };
        await _blobs.Store.WriteTextAsync(BlobLayout.Task("mine"), definition ?? JsonSerializer.Serialize(other, StrictJson.Options));

        Assert.Contains("mine", await _tasks.NamesAsync(CancellationToken.None));
        var refusal = await RefusalAsync("mine");
        Assert.Equal("task", refusal!.Field);
        Assert.Contains("datasets/mine/task.json", refusal.Message, StringComparison.Ordinal);
    }

    private Task<FieldError?> RefusalAsync(string task, SearchConstraints? limits = null) =>
        _checks.RefusalAsync(new SearchRequest { Task = task, Limits = limits ?? new() }, CancellationToken.None);
}
