using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Training;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Runs a trainer to its end, with progress and checkpoints; continues from the job's checkpoint where there is one.</summary>
internal static class TrainingLoop
{
    private const int MostAccumulated = 1024;

    // A blob is written from one array, which holds no more.
    private const long LargestBlob = 0x7FFFFFC7;

    /// <summary>A job's plan, checked.</summary>
    /// <exception cref="JobFailedException">A number makes no sense.</exception>
    public static TrainingPlan Plan(int steps, int warmup, long seed, int? accumulate, string? precision, Device device)
    {
        if (steps < 1) throw new JobFailedException($"steps is {steps}; it must be at least 1.");
        if (warmup < 0) throw new JobFailedException($"warmup is {warmup}; it must not be negative.");
        if (accumulate is < 1 or > MostAccumulated)
            throw new JobFailedException($"accumulate is {accumulate}; allowed: 1 to {MostAccumulated}.");
        if (!Precision.TryParse(precision, out var type, out var problem)) throw new JobFailedException(problem!);
        return new TrainingPlan(steps, warmup, seed, accumulate ?? 1, type, ScaleLoss: type == ScalarType.Float16);
    }

    /// <summary>Which weights a job keeps, checked.</summary>
    /// <exception cref="JobFailedException">A number makes no sense.</exception>
    public static CheckpointChoice Checked(CheckpointChoice choice)
    {
        if (choice.Every < 1) throw new JobFailedException($"keep.every is {choice.Every}; it must be at least 1.");
        if (choice.Average is < 1 or > CheckpointChoice.MostAveraged)
            throw new JobFailedException($"keep.average is {choice.Average}; allowed: 1 to {CheckpointChoice.MostAveraged}.");
        if (choice.Patience is < 1) throw new JobFailedException($"keep.patience is {choice.Patience}; it must be at least 1.");
        return choice;
    }

    /// <summary>Trains; returns the mean loss per token in nats over the last tenth of the updates this process made.</summary>
    /// <param name="trainer">What trains.</param>
    /// <param name="steps">Its updates.</param>
    /// <param name="keeper">Looks at the validation loss on the way and may end the training early; null: nothing does.</param>
    /// <param name="job">Progress and checkpoints.</param>
    /// <param name="cancellationToken">Stops; the job can go on later.</param>
    public static async Task<double> RunAsync(
        Trainer trainer, int steps, WeightKeeper? keeper, JobContext job, CancellationToken cancellationToken)
    {
        // Workers are updated while jobs wait. A checkpoint of an older worker cannot be read, so the job starts over.
        if (await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint
            && !(keeper?.TryRestore(checkpoint, trainer.TryRestore) ?? trainer.TryRestore(checkpoint)))
            await job.ReportAsync(0, steps, "steps", "begins anew: the checkpoint is of another version of the worker", cancellationToken);
        var bytes = trainer.CheckpointBytes + (keeper?.Bytes ?? 0);
        if (bytes > LargestBlob)
            throw new JobFailedException($"A checkpoint of this model takes {bytes:N0} bytes; at most {LargestBlob:N0} can be stored. "
                + (keeper is null ? "Fewer experts make it smaller." : "Averaging fewer weights makes it smaller."));
        var peak = new MatrixPeak(trainer.Device, trainer.Plan.Products);
        double sum = 0;
        var counted = 0;
        while (!trainer.Finished && keeper is not { GaveUp: true })
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loss = trainer.Update();
            if (trainer.Step > steps - Math.Max(1, steps / 10)) (sum, counted) = (sum + loss, counted + 1);
            var (tokens, flops) = (trainer.Tokens / Math.Max(1e-9, trainer.Seconds), trainer.FlopsPerSecond);
            var note = $"loss {loss:F3} nats, {tokens:F0} tokens/s, {flops / 1e9:F1} GFLOP/s, MFU {peak.Utilisation(flops):P0}";
            keeper?.After(trainer.Step, trainer.Finished);
            await job.ReportAsync(trainer.Step, steps, "steps", note + keeper?.Note, cancellationToken);
            await job.CheckpointAsync(() => Save(trainer, keeper), cancellationToken);
        }

        return counted == 0 ? double.NaN : sum / counted;
    }

    /// <summary>Everything needed to continue.</summary>
    public static byte[] Save(Trainer trainer, WeightKeeper? keeper) => keeper?.SaveBehind(trainer.Save()) ?? trainer.Save();
}
