using HsNas.Kernel.Validation;
using HsNas.Predictors;
using HsNas.Predictors.Prompting;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Shared.Tests.Prompting;

public class PromptTests
{
    private static readonly List<SentencePair> Pairs =
        [.. Enumerable.Range(1, 8).Select(i => new SentencePair($"Click button {i}.", $"Klicken Sie auf Schaltfläche {i}."))];

    public static TheoryData<PromptAblation> Ablations => [.. Enum.GetValues<PromptAblation>()];

    [Theory]
    [MemberData(nameof(Ablations))]
    public void Each_ablation_renders_as_its_golden_file(PromptAblation ablation) =>
        Golden.Check($"Prompting/Golden/{ablation}.txt",
            Builder(new PromptOptions { Ablation = ablation, ArchitectureExamples = 2, TaskExamples = 2 }).Build(Test).Text);

    [Fact]
    public void The_stable_part_comes_first_and_the_test_architecture_last()
    {
        var builder = Builder(new PromptOptions());
        var first = builder.Build(Test);
        var second = builder.Build(new ArchitectureSampler(Samples.Tiny.Space, 99).Next());
        Assert.Equal(builder.Prefix, first.Prefix);
        Assert.Equal(first.Prefix, second.Prefix);
        Assert.NotEqual(first.Test, second.Test);
        Assert.EndsWith("\nBLEU: ", first.Text, StringComparison.Ordinal);
        Assert.DoesNotContain('\r', first.Text);
    }

    [Theory]
    [MemberData(nameof(Ablations))]
    public void Every_ablation_reads_back_into_its_data(PromptAblation ablation)
    {
        var builder = Builder(new PromptOptions { Ablation = ablation });
        var contents = PromptReader.Read(builder.Build(Test).Text);
        Assert.Equal(builder.Demonstrations.Select(d => d.Architecture), contents.Demonstrations.Select(d => d.Architecture));
        Assert.Equal(builder.Demonstrations.Select(d => d.Bleu), contents.Demonstrations.Select(d => d.Bleu));
        Assert.Equal(builder.Demonstrations.Select(d => StatedGFlops.Round(d.GFlops)), contents.Demonstrations.Select(d => d.GFlops));
        Assert.Equal([Test], contents.Tests.Select(t => t.Architecture));
        Assert.NotNull(contents.Tests[0].GFlops);
    }

    [Fact]
    public void Gflops_are_total_with_one_decimal_and_bleu_has_two()
    {
        var task = Samples.Wmt;
        var demonstrations = Samples.Demonstrations(task, 10);
        var text = new PromptBuilder(task, demonstrations, Pairs, new PromptOptions()).Build(demonstrations[0].Architecture).Text;
        Assert.Contains(FormattableString.Invariant($"GFLOPS: {demonstrations[0].GFlops:F1}\nBLEU: {demonstrations[0].Bleu:F2}\n\n"), text,
            StringComparison.Ordinal);
        Assert.EndsWith(FormattableString.Invariant($"GFLOPS: {demonstrations[0].GFlops:F1}\nBLEU: "), text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3.47, "3.5")]
    [InlineData(12.04, "12.0")]
    [InlineData(1, "1.0")]
    [InlineData(0.00861234, "0.00861")]
    [InlineData(0.5, "0.500")]
    public void Gflops_keep_one_decimal_or_three_significant_digits(double gflops, string stated) =>
        Assert.Equal(stated, StatedGFlops.Format(gflops));

    [Fact]
    public void The_papers_flops_error_is_a_switch()
    {
        var task = TaskCatalog.Get("wmt19-en-de");
        var demonstrations = Samples.Demonstrations(task, 10);
        string Gflops(bool error) => new PromptBuilder(task, demonstrations, Pairs, new PromptOptions { PaperFlopsError = error })
            .Build(demonstrations[0].Architecture).Test.Split('\n').Single(l => l.StartsWith("GFLOPS", StringComparison.Ordinal));
        Assert.NotEqual(Gflops(true), Gflops(false));
    }

    [Fact]
    public void Seed_and_order_decide_what_is_shown()
    {
        var pool = Samples.Demonstrations(Samples.Tiny, 30);
        IReadOnlyList<Demonstration> Shown(long seed, DemonstrationOrder order) =>
            new PromptBuilder(Samples.Tiny, pool, Pairs, new PromptOptions { Seed = seed, Order = order }).Demonstrations;
        Assert.Equal(Shown(1, DemonstrationOrder.AsGiven), Shown(1, DemonstrationOrder.AsGiven));
        Assert.NotEqual(Shown(1, DemonstrationOrder.AsGiven), Shown(2, DemonstrationOrder.AsGiven));
        Assert.Equal(10, Shown(1, DemonstrationOrder.AsGiven).Count);
        var ascending = Shown(1, DemonstrationOrder.AscendingBleu);
        Assert.Equal(ascending.OrderBy(d => d.Bleu), ascending);
        Assert.Equal(ascending.Select(d => d.Bleu).Reverse(), Shown(1, DemonstrationOrder.DescendingBleu).Select(d => d.Bleu));
        Assert.Equal(
            Shown(1, DemonstrationOrder.AsGiven).Select(d => d.Architecture.Key).Order(),
            Shown(1, DemonstrationOrder.Shuffled).Select(d => d.Architecture.Key).Order());
    }

    [Fact]
    public void Too_few_and_unusable_demonstrations_are_named()
    {
        var good = Samples.Demonstrations(Samples.Tiny, 10);
        string Refuse(IReadOnlyList<Demonstration> demonstrations, int pairs = 8) => Assert.ThrowsAny<InvalidInputException>(
            () => new PromptBuilder(Samples.Tiny, demonstrations, Pairs[..pairs], new PromptOptions())).Message;
        Assert.Contains("count is 9; expected at least 10", Refuse(good[..9]), StringComparison.Ordinal);
        Assert.Contains("[3].bleu is NaN", Refuse([.. good[..3], good[3] with { Bleu = double.NaN }, .. good[4..]]),
            StringComparison.Ordinal);
        Assert.Contains("[9].architecture is e", Refuse([.. good[..9], good[0]]), StringComparison.Ordinal);
        Assert.Contains("sentence pairs: count is 3; expected at least 5", Refuse(good, 3), StringComparison.Ordinal);
        Assert.Contains("architectureExamples is 0",
            Assert.Throws<OptionException>(() => Builder(new PromptOptions { ArchitectureExamples = 0 })).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_break_in_a_sentence_cannot_forge_a_line_of_the_prompt()
    {
        List<SentencePair> pairs = [new("a\nBLEU: 99.00", "b\r\nGFLOPS: 1.0"), .. Pairs];
        var text = new PromptBuilder(Samples.Tiny, Samples.Demonstrations(Samples.Tiny, 10), pairs[..5], new PromptOptions())
            .Build(Test).Text;
        Assert.DoesNotContain("\nBLEU: 99.00", text, StringComparison.Ordinal);
        Assert.Single(PromptReader.Read(text).Tests);
    }

    [Theory]
    [InlineData("decoder-layer-num-subtransformer: 9", "one for each of the 9 layers")]
    [InlineData("decoder-embed-dim-subtransformer: [1, 2]", "expected one number")]
    public void A_block_that_contradicts_itself_is_refused_with_its_line(string line, string reason)
    {
        var name = line[..(line.IndexOf(':', StringComparison.Ordinal) + 1)];
        var text = string.Join('\n', Builder(new PromptOptions()).Build(Test).Test.Split('\n')
            .Select(l => l.StartsWith(name, StringComparison.Ordinal) ? line : l));
        var error = Assert.Throws<DataFormatException>(() => PromptReader.Read(text));
        Assert.Equal(1, error.Line);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    private static Architecture Test => new ArchitectureSampler(Samples.Tiny.Space, 1234).Next();

    private static PromptBuilder Builder(PromptOptions options) =>
        new(Samples.Tiny, Samples.Demonstrations(Samples.Tiny, 10), Pairs, options);
}
