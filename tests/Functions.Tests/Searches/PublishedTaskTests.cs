using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Hosting;
using HsNas.Functions.Predictors;
using HsNas.Functions.Searches.Preparation;
using HsNas.Functions.Searches.Text;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Translation;

namespace HsNas.Functions.Tests.Searches;

/// <summary>What a search asks of WMT14 En-De, with the published architectures as its seeds and no training of ours.</summary>
public sealed class PublishedTaskTests : IDisposable
{
    private const string Wmt = "wmt14-en-de";

    private readonly TemporaryStore _blobs = new();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task A_search_is_accepted_once_its_text_is_prepared()
    {
        var tasks = new TaskStore(_blobs.Store);
        var checks = new SearchChecks(
            tasks, new FeasibilityService(tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(new LlmOptions()),
            new TextTeachers(tasks, _blobs.Store));
        await _blobs.Store.WriteTextAsync(BlobLayout.Seeds(Wmt), await SeedsAsync());
        var request = new SearchRequest { Task = Wmt, Limits = new() { ParametersMillions = 60 } };
        Assert.Contains("data set", (await checks.RefusalAsync(request, default))!.Message, StringComparison.Ordinal);

        await _blobs.Store.WriteJsonAsync(BlobLayout.CurrentDataset(Wmt), new DatasetManifest(Wmt, "hash", "made up", 32_768, 1, 1, 1));

        Assert.Null(await checks.RefusalAsync(request, default));
    }

    [Fact]
    public async Task A_wholly_distilled_search_without_training_needs_no_text()
    {
        var tasks = new TaskStore(_blobs.Store);
        var checks = new SearchChecks(
            tasks, new FeasibilityService(tasks, _blobs.Store, ConstraintSet.BuiltIn), _blobs.Store, new LlmPrices(new LlmOptions()),
            new TextTeachers(tasks, _blobs.Store));
        await _blobs.Store.WriteTextAsync(BlobLayout.Seeds(Wmt), await SeedsAsync());
        var request = new SearchRequest { Task = Wmt, Window = new(1, 30), TrainWinner = false };

        Assert.Null(await checks.RefusalAsync(request, default));
        Assert.NotNull(await checks.RefusalAsync(request with { TrainWinner = true }, default));
        Assert.NotNull(await checks.RefusalAsync(request with { Compare = true }, default));
        Assert.NotNull(await checks.RefusalAsync(request with { Window = new(1, 29) }, default));
    }

    [Fact]
    public async Task Its_prompt_shows_the_ten_demonstrations_of_the_split_and_its_pool_no_seed()
    {
        await _blobs.Store.WriteTextAsync(BlobLayout.Seeds(Wmt), await SeedsAsync());
        var tasks = new TaskStore(_blobs.Store);
        var material = new DistillationMaterial(tasks, _blobs.Store, new PipelineOptions());

        var prompts = await material.PromptsAsync(Wmt, default);
        var pool = await material.PoolAsync(Wmt, 300, default);

        var seeds = await tasks.TryGetSeedsAsync(await tasks.GetAsync(Wmt, default), default);
        var shown = seeds!.Splits.Single(s => s.Seed == "123").Demonstrations;
        Assert.Equal(shown.Select(d => d.Architecture.Key), prompts.Demonstrations.Select(d => d.Architecture.Key));
        Assert.Equal(10, prompts.Demonstrations.Count);
        Assert.Contains("BLEU: 24.3", prompts.Build([pool[0]]).Text, StringComparison.Ordinal);
        Assert.Empty(pool.Select(a => a.Key).Intersect(seeds.Records.Select(r => r.Architecture.Key)));
    }

    private static async Task<string> SeedsAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "HsNas.sln"))) root = root.Parent;
        return await File.ReadAllTextAsync(Path.Combine(root.FullName, "data", "published", "seeds", $"{Wmt}.jsonl"));
    }
}
