using HsNas.Kernel.Validation;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Pricing;
using HsNas.Predictors.Prompting;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Pricing;

public class PricingTests
{
    private static readonly ModelPrice Price =
        new() { Model = "m", InputPerMillion = 2, CachedInputPerMillion = 0.5m, OutputPerMillion = 8, BatchFactor = 0.5m };

    [Fact]
    public void Cached_tokens_and_batches_are_cheaper_and_reasoning_is_part_of_the_answer()
    {
        var usage = new TokenUsage(Prompt: 1_000_000, Cached: 400_000, Completion: 10_000, Reasoning: 9_000);

        Assert.Equal((0.6m * 2) + (0.4m * 0.5m) + (0.01m * 8), Price.Of(usage));
        Assert.Equal(Price.Of(usage) / 2, Price.Of(usage, batch: true));
        Assert.Equal((1m * 2) + (0.01m * 8), (Price with { CachedInputPerMillion = null }).Of(usage));
    }

    [Fact]
    public void The_built_in_table_is_dated_says_where_it_is_from_and_can_be_asked()
    {
        var table = PriceTable.BuiltIn;

        Assert.True(table.AsOf > new DateOnly(2025, 1, 1));
        Assert.Contains("check", table.Source, StringComparison.Ordinal);
        Assert.Equal(0, table.TryGet("in-context-regression")!.Of(new TokenUsage(1000, 0, 1000, 0)));
        Assert.NotNull(table.TryGet("gpt-4o-mini"));
        Assert.Null(table.TryGet("GPT-4o-mini"));
        Assert.All(table.Models, m => Assert.True((m.CachedInputPerMillion ?? 0) <= m.InputPerMillion));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("""{"asOf":"2025-01-01","source":"s","models":[{"model":"a","inputPerMillion":-1,"outputPerMillion":1}]}""")]
    [InlineData(
        """{"asOf":"2025-01-01","source":"s","models":[{"model":"a","inputPerMillion":1,"outputPerMillion":"""
        + """1},{"model":"a","inputPerMillion":1,"outputPerMillion":1}]}""")]
    [InlineData("""{"asOf":"2025-01-01","source":"s","models":[{"model":"a","inputPerMillion":1,"outputPerMillion":1,"colour":"red"}]}""")]
    public void A_faulty_table_is_refused(string json) => Assert.Throws<DataFormatException>(() => PriceTable.Parse(json, "file"));

    [Fact]
    public void The_papers_sums_are_thirty_and_eighteen_hundred_dollars()
    {
        Assert.Equal((30m, 1800m), (PaperCost.OneRun, PaperCost.AllRuns));
        Assert.Equal(270m, PaperCost.With(3000));
    }

    // Counts known of cl100k and o200k: digits by threes, one token for a short word with its blank.
    [Theory]
    [InlineData("", 0)]
    [InlineData("Hello, world!", 4)]
    [InlineData("3072", 2)]
    [InlineData("[3072, 1024]", 8)]
    [InlineData("BLEU: 25.31\n", 7)]
    public void Tokens_are_estimated_as_tokenizers_cut(string text, int tokens) =>
        Assert.Equal(tokens, TokenEstimator.Instance.Count(text));

    [Fact]
    public void An_estimate_counts_the_shared_part_once_per_call_and_groups_share_it()
    {
        var task = Samples.Wmt;
        var prompts = new PromptBuilder(task, Samples.Demonstrations(task, 10), [], new PromptOptions { TaskExamples = 0 });
        var sample = new HsNas.Spaces.ArchitectureSampler(task.Space, 3).Distinct(40);

        var single = CostEstimate.Of(prompts, sample, labels: 3000, perCall: 1, TokenEstimator.Instance, reasoning: 0);
        var grouped = CostEstimate.Of(prompts, sample, labels: 3000, perCall: 10, TokenEstimator.Instance, reasoning: 0);

        Assert.Equal((3000, 300), (single.Calls, grouped.Calls));
        Assert.Equal(TokenEstimator.Instance.Count(prompts.Prefix), single.Prefix);
        Assert.InRange(single.Prompt - single.Prefix, 50, 400);
        Assert.True(Price.Of(grouped.Usage(cached: false)) < Price.Of(single.Usage(cached: false)) / 3);
        Assert.True(Price.Of(single.Usage(cached: true)) < Price.Of(single.Usage(cached: false)));
        Assert.Equal(single.Prefix / 128 * 128 * 2999, single.Usage(cached: true).Cached);
    }
}
