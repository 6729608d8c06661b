using HsNas.Evaluation.Floors;
using HsNas.Evaluation.InContext;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Evaluation.Stacked;

/// <summary>How to make a predictor of demonstrations, so that it can also be made of all but one of them.</summary>
/// <param name="Name">Name for reports.</param>
/// <param name="Fit">Makes it; looks at nothing but the demonstrations given.</param>
public sealed record PredictorRecipe(string Name, Func<IReadOnlyList<Demonstration>, IPerformancePredictor> Fit)
{
    /// <summary>The depth floor.</summary>
    public static PredictorRecipe Depth { get; } = new("Depth floor", FloorPredictor.Depth);

    /// <summary>The two-number floor.</summary>
    public static PredictorRecipe TwoNumbers(CostModel cost) =>
        new("Two-number floor", demonstrations => FloorPredictor.TwoNumbers(demonstrations, cost));

    /// <summary>The in-context regression chosen by leave-one-out.</summary>
    public static PredictorRecipe InContext(CostModel cost) =>
        new("In-context regression", demonstrations => new InContextPredictor(demonstrations, cost));

    /// <summary>LLM-PP, shown every demonstration it is given.</summary>
    /// <param name="task">The task.</param>
    /// <param name="pairs">Sentence pairs of the prompt; where there are fewer than the options ask for, all of them are shown.</param>
    /// <param name="options">The prompt; the number of demonstrations is set here.</param>
    /// <param name="labels">What answers the prompts.</param>
    public static PredictorRecipe LanguageModel(
        TaskDefinition task, IReadOnlyList<SentencePair> pairs, PromptOptions options, ILabelSource labels) =>
        new("LLM-PP", demonstrations => new LlmPredictor(Prompts(task, pairs, options, demonstrations), labels));

    /// <summary>A floor with <paramref name="inner"/> on what it leaves over: <see cref="ResidualPredictor"/>.</summary>
    public static PredictorRecipe Residual(PredictorRecipe floor, PredictorRecipe inner) =>
        new($"{floor.Name} + {inner.Name} on residuals", demonstrations => new ResidualPredictor(floor, inner, demonstrations));

    /// <summary>A prompt builder for all of <paramref name="demonstrations"/> and as many pairs as there are.</summary>
    public static PromptBuilder Prompts(
        TaskDefinition task, IReadOnlyList<SentencePair> pairs, PromptOptions options, IReadOnlyList<Demonstration> demonstrations) =>
        new(task, demonstrations, pairs,
            options with { ArchitectureExamples = demonstrations.Count, TaskExamples = Math.Min(options.TaskExamples, pairs.Count) });
}
