using HsNas.Kernel.Validation;

namespace HsNas.Predictors.Prompting;

/// <summary>The seven rows of Table 1's ablation; each holds all that the one before it holds.</summary>
public enum PromptAblation
{
    /// <summary>Demonstrations and the test architecture, nothing else.</summary>
    DemonstrationsOnly,

    /// <summary>Adds the role and the hyperparameter definitions.</summary>
    RoleAndHyperparameters,

    /// <summary>Adds the task and its metric.</summary>
    FirstInstruction,

    /// <summary>Adds example sentence pairs.</summary>
    SecondInstruction,

    /// <summary>Adds the backbone.</summary>
    ThirdInstruction,

    /// <summary>Adds the efficiency metric.</summary>
    FourthInstruction,

    /// <summary>Adds the advice to study the examples: the full prompt.</summary>
    FifthInstruction,
}

/// <summary>In which order a prompt shows its demonstrations.</summary>
public enum DemonstrationOrder
{
    /// <summary>As given: the order of the file, as the paper's code does.</summary>
    AsGiven,

    /// <summary>Shuffled by the seed.</summary>
    Shuffled,

    /// <summary>Lowest BLEU first.</summary>
    AscendingBleu,

    /// <summary>Highest BLEU first.</summary>
    DescendingBleu,
}

/// <summary>What goes into a prompt.</summary>
public sealed record PromptOptions
{
    /// <summary>How much of the prompt to render.</summary>
    public PromptAblation Ablation { get; init; } = PromptAblation.FifthInstruction;

    /// <summary>n_task: sentence pairs shown, 0 to 100. With 0 the second instruction is left out.</summary>
    public int TaskExamples { get; init; } = 5;

    /// <summary>n_arch: demonstrations shown, 1 to 1,000.</summary>
    public int ArchitectureExamples { get; init; } = 10;

    /// <summary>Chooses pairs and demonstrations where more are given than asked for, and shuffles.</summary>
    public long Seed { get; init; } = 123;

    /// <summary>Order of the demonstrations.</summary>
    public DemonstrationOrder Order { get; init; } = DemonstrationOrder.AsGiven;

    /// <summary>
    /// For replication only: states the test architecture's GFLOPs as if the vocabulary were WMT'14 En-De's (32,768), the
    /// error in the authors' distillation pool (docs/method.md, "Prompt").
    /// </summary>
    public bool PaperFlopsError { get; init; }

    /// <summary>The same, showing no more examples than there are.</summary>
    /// <param name="demonstrations">Demonstrations at hand.</param>
    /// <param name="pairs">Sentence pairs at hand.</param>
    public PromptOptions Within(int demonstrations, int pairs) =>
        this with { ArchitectureExamples = Math.Min(ArchitectureExamples, demonstrations), TaskExamples = Math.Min(TaskExamples, pairs) };

    /// <summary>Returns the options if every field is in range.</summary>
    /// <exception cref="OptionException">Names the field, its value and the range.</exception>
    public PromptOptions Validated()
    {
        OptionException.ThrowUnless(Enum.IsDefined(Ablation), "ablation", Ablation, string.Join(", ", Enum.GetNames<PromptAblation>()));
        OptionException.ThrowUnless(TaskExamples is >= 0 and <= 100, "taskExamples", TaskExamples, "0 to 100");
        OptionException.ThrowUnless(ArchitectureExamples is >= 1 and <= 1000, "architectureExamples", ArchitectureExamples, "1 to 1000");
        OptionException.ThrowUnless(Enum.IsDefined(Order), "order", Order, string.Join(", ", Enum.GetNames<DemonstrationOrder>()));
        return this;
    }
}
