using HsNas.GpuWorker.Training;

namespace HsNas.GpuWorker.Jobs;

/// <summary>Runs a trainer to its end, with progress and checkpoints; continues from the job's checkpoint where there is one.</summary>
internal static class TrainingLoop
{
    /// <summary>Trains; returns the mean loss per token in nats over the last tenth of the updates this process made.</summary>
    public static async Task<double> RunAsync(Trainer trainer, int steps, JobContext job, CancellationToken cancellationToken)
    {
        if (await job.TryReadCheckpointAsync(cancellationToken) is { } checkpoint) trainer.Restore(checkpoint);
        double sum = 0;
        var counted = 0;
        while (!trainer.Finished)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var loss = trainer.Update();
            if (trainer.Step > steps - Math.Max(1, steps / 10)) (sum, counted) = (sum + loss, counted + 1);
            var note = $"loss {loss:F3} nats, {trainer.Tokens / Math.Max(1e-9, trainer.Seconds):F0} tokens/s";
            await job.ReportAsync(trainer.Step, steps, "steps", note, cancellationToken);
            await job.CheckpointAsync(trainer.Save, cancellationToken);
        }

        return counted == 0 ? double.NaN : sum / counted;
    }
}
