using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using HsNas.Llm.Labelling;
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
            _tasks, new FeasibilityService(_tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(new LlmOptions()));
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
            new(_tasks, new FeasibilityService(_tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(llm));
        var request = new SearchRequest { Task = Tiny, MaxCostUsd = 1 };

        var refusal = await Checks(options).RefusalAsync(request, CancellationToken.None);
        Assert.Equal("maxCostUsd", refusal!.Field);
        Assert.Contains("Llm__PricedAs", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(
            "task", (await Checks(options with { PricedAs = "gpt-4o-mini" }).RefusalAsync(request, CancellationToken.None))!.Field);
        Assert.Equal("task", (await Checks(options with { Price = new PriceOptions { InputPerMillion = 1 } }).RefusalAsync(
            request, CancellationToken.None))!.Field);
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
