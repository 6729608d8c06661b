using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

/// <summary>Which weights a training keeps, decided by losses that each test makes up.</summary>
public sealed class WeightKeeperTests
{
    private const int Steps = 12;

    [Fact]
    public void The_best_single_weights_are_kept_when_their_mean_is_worse()
    {
        using var trainer = Create();
        var (losses, seen) = (new Queue<double>([3, 1, 2, 1.5]), new List<float[]>());
        using var keeper = new WeightKeeper(new CheckpointChoice(4, 3), trainer.Model, () =>
        {
            seen.Add(Weights(trainer));
            return losses.Dequeue();
        });

        Run(trainer, keeper);
        var kept = keeper.Choose();

        Assert.Equal([8L], kept.Steps);
        Assert.Equal(1.5, kept.AverageLossBits);
        Assert.Equal([new CheckedLoss(4, 3), new CheckedLoss(8, 1), new CheckedLoss(12, 2)], kept.Checks);
        Assert.Equal(seen[1], Weights(trainer));
    }

    [Fact]
    public void The_mean_of_the_last_weights_is_kept_when_it_is_better_than_each()
    {
        using var trainer = Create();
        var (losses, seen) = (new Queue<double>([1, 3, 2, 0.5]), new List<float[]>());
        using var keeper = new WeightKeeper(new CheckpointChoice(4, 2), trainer.Model, () =>
        {
            seen.Add(Weights(trainer));
            return losses.Dequeue();
        });

        Run(trainer, keeper);

        Assert.Equal([8L, 12L], keeper.Choose().Steps);
        var mean = seen[1].Zip(seen[2], (a, b) => (a + b) / 2).ToArray();
        Assert.All(mean.Zip(Weights(trainer)), pair => Assert.Equal(pair.First, pair.Second, 6));
    }

    [Fact]
    public void Equal_losses_keep_the_earlier_weights()
    {
        using var trainer = Create();
        using var keeper = new WeightKeeper(new CheckpointChoice(4, 1), trainer.Model, () => 2);

        Run(trainer, keeper);

        Assert.Equal([4L], keeper.Choose().Steps);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 10)]
    [InlineData(null, 12)]
    public void A_training_ends_when_its_patience_is_used_up(int? patience, int ended)
    {
        using var trainer = Create();
        var losses = new Queue<double>([4, 3, 2, 3, 3, 3]);
        using var keeper = new WeightKeeper(new CheckpointChoice(2, 1, patience), trainer.Model, losses.Dequeue);

        Run(trainer, keeper);

        Assert.Equal(ended, trainer.Step);
        Assert.Equal([6L], keeper.Choose().Steps);
    }

    [Fact]
    public void The_last_update_is_looked_at_when_it_falls_between_two_looks()
    {
        using var trainer = Create();
        using var keeper = new WeightKeeper(new CheckpointChoice(5, 1), trainer.Model, () => 1);

        Run(trainer, keeper);

        Assert.Equal([5L, 10L, 12L], keeper.Choose().Checks.Select(c => c.Step));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(6)]
    [InlineData(11)]
    public void The_same_weights_are_kept_when_the_training_was_stopped_and_restored(int stopAfter)
    {
        var (expected, undisturbed) = Whole(Create(), null);
        byte[] checkpoint;
        using (var first = Create())
        using (var keeper = OfWeights(first))
        {
            for (var i = 0; i < stopAfter; i++) Step(first, keeper);
            checkpoint = keeper.SaveBehind(first.Save());
        }

        var (kept, weights) = Whole(Create(), checkpoint);

        Assert.Equal(expected.Steps, kept.Steps);
        Assert.Equal(expected.Checks, kept.Checks);
        Assert.Equal(expected.AverageLossBits, kept.AverageLossBits);
        Assert.Equal(undisturbed, weights);
    }

    [Fact]
    public void A_checkpoint_changes_nothing_when_it_holds_no_kept_weights()
    {
        using var trainer = Create();
        using var keeper = OfWeights(trainer);
        using var other = Create();
        other.Update();

        Assert.False(keeper.TryRestore(other.Save(), trainer.TryRestore));
        Assert.Equal(0, trainer.Step);
    }

    private static (KeptWeights Kept, float[] Weights) Whole(Trainer trainer, byte[]? checkpoint)
    {
        using var keeper = OfWeights(trainer);
        if (checkpoint is not null) Assert.True(keeper.TryRestore(checkpoint, trainer.TryRestore));
        Run(trainer, keeper);
        var kept = keeper.Choose();
        var weights = Weights(trainer);
        trainer.Dispose();
        return (kept, weights);
    }

    // A loss that is a function of the weights, as the real one is.
    private static WeightKeeper OfWeights(Trainer trainer) =>
        new(new CheckpointChoice(2, 3), trainer.Model, () => Weights(trainer).Sum(w => Math.Abs((double)w)));

    private static void Run(Trainer trainer, WeightKeeper keeper)
    {
        while (!trainer.Finished && !keeper.GaveUp) Step(trainer, keeper);
    }

    private static void Step(Trainer trainer, WeightKeeper keeper)
    {
        trainer.Update();
        keeper.After(trainer.Step, trainer.Finished);
    }

    private static float[] Weights(Trainer trainer) =>
        [.. Trainer.NamedParameters(trainer.Model).SelectMany(p => p.Tensor.detach().cpu().data<float>().ToArray())];

    private static Trainer Create() => new(
        ToyTask.Definition, ToyTask.Data(), new FixedArchitecture(ToyTask.Architectures(1).First()), new TrainingPlan(Steps, 3, 1),
        torch.CPU);
}
