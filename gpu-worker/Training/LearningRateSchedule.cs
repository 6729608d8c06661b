using HsNas.Spaces;

namespace HsNas.GpuWorker.Training;

/// <summary>Linear warm-up, then a cosine over the remaining updates (docs/method.md, "Training a candidate").</summary>
internal sealed class LearningRateSchedule(TrainingRecipe recipe, int warmup, int steps)
{
    /// <summary>Learning rate of update <paramref name="step"/>, counted from 0.</summary>
    public double At(long step)
    {
        if (step < warmup)
            return recipe.InitialLearningRate + ((recipe.PeakLearningRate - recipe.InitialLearningRate) * step / warmup);
        var progress = (double)(step - warmup) / Math.Max(1, steps - warmup);
        return recipe.FinalLearningRate
            + (0.5 * (recipe.PeakLearningRate - recipe.FinalLearningRate) * (1 + Math.Cos(Math.PI * progress)));
    }
}
