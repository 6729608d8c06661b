using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Spaces;

namespace HsNas.Cli.Predictors.Page;

/// <summary>What a task's section of the page is made of.</summary>
/// <param name="Task">The task.</param>
/// <param name="Source">Where the trained BLEU comes from, in words.</param>
/// <param name="Data">The trained architectures.</param>
/// <param name="Report">All predictors scored.</param>
/// <param name="Rows">What was built on floors and on the model.</param>
/// <param name="Ablation">The prompts compared.</param>
/// <param name="Designs">Seed design against chance.</param>
/// <param name="Divisions">The same predictors over random divisions; null where a model that costs money answers.</param>
/// <param name="Session">The model that answered the ablation's prompts.</param>
internal sealed record TaskPredictors(
    TaskDefinition Task, string Source, TfsEvalSet Data, PredictorScoreReport Report, LanguageModelRows Rows,
    IReadOnlyList<AblationRow> Ablation, IReadOnlyList<DesignRow> Designs, RandomDivisions? Divisions, LanguageModelSession Session);
