using System.Globalization;
using System.Text;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Predictors.Prompting;

/// <summary>A rendered prompt: one user message, in two parts so that a provider can cache the first.</summary>
/// <param name="Prefix">Everything that is the same for all test architectures.</param>
/// <param name="Test">The test architecture, ending in "BLEU: ".</param>
public readonly record struct Prompt(string Prefix, string Test)
{
    /// <summary>The whole message.</summary>
    public string Text => Prefix + Test;

    /// <summary>The whole message.</summary>
    public override string ToString() => Text;
}

/// <summary>
/// Renders performance-prediction prompts (docs/method.md, "Prompt"). The prefix is rendered once; lines end in a
/// single line feed. Immutable; safe for concurrent use.
/// </summary>
public sealed class PromptBuilder
{
    private const int EnDeVocabulary = 32_768;

    private readonly CostModel _cost;

    /// <summary>Chooses pairs and demonstrations and renders the prefix.</summary>
    /// <param name="task">Named in the first instruction; its cost model states the test architecture's GFLOPs.</param>
    /// <param name="demonstrations">At least <see cref="PromptOptions.ArchitectureExamples"/>, all different; where there are more,
    /// the seed chooses.</param>
    /// <param name="pairs">At least <see cref="PromptOptions.TaskExamples"/>; where there are more, the seed chooses, and they keep
    /// their order.</param>
    /// <param name="options">What to show.</param>
    /// <exception cref="OptionException">An option is out of range.</exception>
    /// <exception cref="DataFormatException">Too few demonstrations or pairs, a duplicate, or a label that is no BLEU.</exception>
    public PromptBuilder(TaskDefinition task, IReadOnlyList<Demonstration> demonstrations, IReadOnlyList<SentencePair> pairs,
        PromptOptions options)
    {
        Options = options.Validated();
        Demonstration.Validate(demonstrations, options.ArchitectureExamples);
        var showsPairs = options.Ablation >= PromptAblation.SecondInstruction && options.TaskExamples > 0;
        if (showsPairs && pairs.Count < options.TaskExamples)
        {
            throw new DataFormatException(
                "sentence pairs", "count", pairs.Count.ToString(CultureInfo.InvariantCulture), $"at least {options.TaskExamples}");
        }

        _cost = options.PaperFlopsError
            ? new CostModel(task.Space, task.ProfileSourceLength, task.ProfileTargetLength, EnDeVocabulary)
            : CostModel.For(task);
        Demonstrations = Arrange(Choose(demonstrations, options.ArchitectureExamples, "demonstrations"));
        Pairs = showsPairs ? Choose(pairs, options.TaskExamples, "pairs") : [];
        Prefix = RenderPrefix(task);
    }

    /// <summary>The options.</summary>
    public PromptOptions Options { get; }

    /// <summary>The demonstrations shown, in the order shown.</summary>
    public IReadOnlyList<Demonstration> Demonstrations { get; }

    /// <summary>The sentence pairs shown.</summary>
    public IReadOnlyList<SentencePair> Pairs { get; }

    /// <summary>The part shared by all prompts of this builder.</summary>
    public string Prefix { get; }

    /// <summary>The prompt that asks for <paramref name="architecture"/>.</summary>
    public Prompt Build(Architecture architecture)
    {
        var test = new StringBuilder();
        AppendArchitecture(test, architecture, _cost.Evaluate(architecture).TotalGFlops);
        test.Append("BLEU: ");
        return new Prompt(Prefix, test.ToString());
    }

    /// <summary>
    /// The prompt that asks for several architectures at once; for a single one it is <see cref="Build(Architecture)"/>. The
    /// prefix stays the same, so that a provider's prompt cache serves both.
    /// </summary>
    /// <param name="architectures">At least one; answers number them from 1 in this order.</param>
    public Prompt Build(IReadOnlyList<Architecture> architectures)
    {
        ArgumentOutOfRangeException.ThrowIfZero(architectures.Count);
        if (architectures.Count == 1) return Build(architectures[0]);
        var test = new StringBuilder(PromptTexts.SeveralTests).Append("\n\n");
        for (var i = 0; i < architectures.Count; i++)
        {
            test.Append(CultureInfo.InvariantCulture, $"Architecture {i + 1}:\n");
            AppendArchitecture(test, architectures[i], _cost.Evaluate(architectures[i]).TotalGFlops);
            test.Append('\n');
        }

        test.Append(CultureInfo.InvariantCulture, $"BLEU of architectures 1 to {architectures.Count}, one line each:\n");
        return new Prompt(Prefix, test.ToString());
    }

    private string RenderPrefix(TaskDefinition task)
    {
        var text = new StringBuilder();
        if (Options.Ablation >= PromptAblation.RoleAndHyperparameters)
        {
            text.Append(PromptTexts.Role).Append('\n');
            if (Options.Ablation >= PromptAblation.FirstInstruction)
            {
                AppendInstructions(text, task);
                text.Append("Hyperparameter definitions:\n");
            }

            text.Append(PromptTexts.Definitions).Append("\n\n");
        }

        foreach (var demonstration in Demonstrations)
        {
            AppendArchitecture(text, demonstration.Architecture, demonstration.GFlops);
            text.Append(CultureInfo.InvariantCulture, $"BLEU: {demonstration.Bleu:F2}\n\n");
        }

        return text.ToString();
    }

    private void AppendInstructions(StringBuilder text, TaskDefinition task)
    {
        text.Append("Instructions:\n");
        var number = 1;
        for (var instruction = 1; instruction <= Options.Ablation - PromptAblation.RoleAndHyperparameters; instruction++)
        {
            if (instruction == 2 && Pairs.Count == 0)
            {
                continue;
            }

            var sentence = PromptTexts.Instruction(instruction).Replace("{{task}}", task.PromptName, StringComparison.Ordinal);
            text.Append(CultureInfo.InvariantCulture, $"{number++}. {sentence}\n");
            if (instruction == 2)
            {
                AppendPairs(text);
            }
        }
    }

    private void AppendPairs(StringBuilder text)
    {
        for (var i = 0; i < Pairs.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture,
                $"Example {i + 1}:\nInput: {OneLine(Pairs[i].Source)}\nOutput: {OneLine(Pairs[i].Target)}\n\n");
        }
    }

    private static void AppendArchitecture(StringBuilder text, Architecture architecture, double gflops)
    {
        text.AppendJoin('\n', ArchitectureText.Lines(architecture))
            .Append(CultureInfo.InvariantCulture, $"\nGFLOPS: {StatedGFlops.Format(gflops)}\n");
    }

    // A line break inside a sentence could be read as a line of the prompt.
    private static string OneLine(string sentence) =>
        string.Join(' ', sentence.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private List<T> Choose<T>(IReadOnlyList<T> pool, int count, string purpose)
    {
        var indices = Enumerable.Range(0, pool.Count).ToArray();
        if (pool.Count > count)
        {
            SeededRandom.For(Options.Seed, 0, $"prompt {purpose}").Shuffle<int>(indices);
        }

        return [.. indices.Take(count).Order().Select(i => pool[i])];
    }

    private IReadOnlyList<Demonstration> Arrange(List<Demonstration> chosen)
    {
        switch (Options.Order)
        {
            case DemonstrationOrder.Shuffled:
                var shuffled = chosen.ToArray();
                SeededRandom.For(Options.Seed, 0, "prompt order").Shuffle<Demonstration>(shuffled);
                return shuffled;
            case DemonstrationOrder.AscendingBleu:
                return [.. chosen.OrderBy(d => d.Bleu)];
            case DemonstrationOrder.DescendingBleu:
                return [.. chosen.OrderByDescending(d => d.Bleu)];
            default:
                return chosen;
        }
    }
}
