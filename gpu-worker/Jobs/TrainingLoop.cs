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

    /// <summary>Trains; returns the mean loss per token in nats over the last tenth of the updates this process made.</summary>
    public static async Task<double> RunAsync(Trainer trainer, int steps, JobContext job, CancellationToken cancellationToken)
    {
        // Workers are updated while jobs wait. A checkpoint of an older worker cannot be read, so the job starts over.
        if (await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint && !trainer.TryRestore(checkpoint))
            await job.ReportAsync(0, steps, "steps", "begins anew: the checkpoint is of another version of the worker", cancellationToken);
        if (trainer.CheckpointBytes > LargestBlob)
            throw new JobFailedException($"A checkpoint of this model takes {trainer.CheckpointBytes:N0} bytes; "
                + $"at most {LargestBlob:N0} can be stored. Fewer experts make it smaller.");
        var peak = new MatrixPeak(trainer.Device, trainer.Plan.Products);
        double sum = 0;
        var counted = 0;
        while (!trainer.Finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loss = trainer.Update();
            if (trainer.Step > steps - Math.Max(1, steps / 10)) (sum, counted) = (sum + loss, counted + 1);
            var (tokens, flops) = (trainer.Tokens / Math.Max(1e-9, trainer.Seconds), trainer.FlopsPerSecond);
            var note = $"loss {loss:F3} nats, {tokens:F0} tokens/s, {flops / 1e9:F1} GFLOP/s, MFU {peak.Utilisation(flops):P0}";
            await job.ReportAsync(trainer.Step, steps, "steps", note, cancellationToken);
            await job.CheckpointAsync(trainer.Save, cancellationToken);
        }

        return counted == 0 ? double.NaN : sum / counted;
    }
}
