using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>Which supernet a search uses. Equal choices share one trained supernet.</summary>
public sealed record SupernetChoice
{
    /// <summary>Most updates a request may ask for.</summary>
    public const int MostSteps = 10_000_000;

    /// <summary>Id of a <see cref="SupernetKind"/>.</summary>
    public string Kind { get; init; } = SupernetKinds.Hat;

    /// <summary>Updates; null: the task's own number. Warm-up keeps its share.</summary>
    public int? Steps { get; init; }

    /// <summary>Experts m a layer of a mixture; null: <see cref="SupernetKinds.DefaultExperts"/>.</summary>
    public int? Experts { get; init; }

    /// <summary>Hidden width h of a mixture's routers; null: <see cref="SupernetKinds.DefaultRouterWidth"/>.</summary>
    public int? RouterWidth { get; init; }

    /// <summary>The training this choice stands for.</summary>
    public TrainSupernetInput ToTraining(TaskDefinition task, string dataset, long seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        var recipe = task.Training ?? throw new ArgumentException($"{task.Name} has no training recipe.", nameof(task));
        var steps = Steps ?? recipe.SupernetSteps;
        var warmup = (int)((long)steps * recipe.SupernetWarmup / recipe.SupernetSteps);
        return new TrainSupernetInput(task.Name, dataset, Kind, steps, warmup, seed, Experts, RouterWidth,
            recipe.Accumulate > 1 ? recipe.Accumulate : null, recipe.Precision == TrainingRecipe.Fp32 ? null : recipe.Precision);
    }
}

/// <summary>What a distilled predictor may learn from.</summary>
public static class PredictorTeachers
{
    /// <summary>A language model's answers: LLM-Distill-PP.</summary>
    public const string LanguageModel = "llm";

    /// <summary>The supernet's validation losses: "distilled HAT" (Table 11, docs/method.md, "Distilled predictor").</summary>
    public const string Supernet = "supernet";

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<string> All = [LanguageModel, Supernet];
}
