using HsNas.Evaluation.InContext;
using HsNas.Evaluation.Scoring;
using HsNas.Evaluation.TfsEval;
using HsNas.Predictors;
using HsNas.Predictors.Mlp;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Shared;

/// <summary>
/// The predictor distilled from the in-context regression on a task's committed seed architectures, as the demo has it; on published
/// ones for a task of the paper.
/// </summary>
internal static class SeedDistillation
{
    private const long PoolSeed = 123;

    /// <summary>
    /// The predictor of a task, from <c>data/seeds</c> or <c>data/published/seeds</c> below the folder that the benchmark was started in.
    /// </summary>
    public static DistilledPredictor Of(TaskDefinition task)
    {
        string[] folders = [Path.Combine("data", "seeds"), Path.Combine("data", "published", "seeds")];
        using var seeds = File.OpenText(folders.Select(f => Path.Combine(f, task.Name + ".jsonl")).First(File.Exists));
        var set = TfsEvalReader.Read(seeds, task.Name, task);
        var teacher = new InContextPredictor(ScorecardBuilder.Demonstrations(set.InForce), CostModel.For(task));
        var pool = PredictorDistiller.Pool(task, PredictorDistiller.PaperPoolSize, PoolSeed);
        var labels = pool.Select(a => teacher.Predict(a).Value).ToList();
        var model = PredictorDistiller.Train(task, pool, labels, MlpTrainingOptions.Default).Model;
        return new DistilledPredictor(task.Space, model, range: null);
    }
}
