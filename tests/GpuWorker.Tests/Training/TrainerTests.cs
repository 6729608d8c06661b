using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class TrainerTests
{
    private const int Steps = 12;

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(11)]
    public void A_training_is_the_same_bit_by_bit_when_it_was_stopped_and_restored(int stopAfter)
    {
        var undisturbed = Run(Create(), Steps);
        byte[] checkpoint;
        using (var first = Create())
        {
            for (var i = 0; i < stopAfter; i++) first.Update();
            checkpoint = first.Save();
        }

        var second = Create();
        Assert.True(second.TryRestore(checkpoint));
        Assert.Equal(stopAfter, second.Step);
        Assert.Equal(undisturbed, Run(second, Steps - stopAfter));
    }

    [Fact]
    public void A_training_learns_the_toy_task()
    {
        using var trainer = new Trainer(ToyTask.Definition, ToyTask.Data(), new FixedArchitecture(ToyTask.Architectures(1).First()),
            new TrainingPlan(150, 10, 1), torch.CPU);
        var first = Enumerable.Range(0, 10).Average(_ => trainer.Update());
        for (var i = 0; i < 130; i++) trainer.Update();
        var last = Enumerable.Range(0, 10).Average(_ => trainer.Update());
        Assert.True(last < 0.8 * first, $"loss {first:F3} became {last:F3}");
        Assert.True(trainer.Finished);
    }

    [Fact]
    public void A_checkpoint_is_refused_by_name_when_it_is_of_another_space()
    {
        using var small = Create();
        var other = ToyTask.Definition with { Space = ToyTask.Definition.Space with { QkvDim = 32 } };
        using var trainer =
            new Trainer(other, ToyTask.Data(), new SinglePathOneShot(other.Space, 1), new TrainingPlan(Steps, 3, 1), torch.CPU);
        var error = Assert.Throws<InvalidDataException>(() => trainer.TryRestore(small.Save()));
        Assert.Contains("another space or task", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_changes_nothing_when_it_is_of_another_version()
    {
        using var first = Create();
        first.Update();
        var older = first.Save()[8..];
        var second = Create();
        Assert.False(second.TryRestore(older));
        Assert.False(second.TryRestore([1, 2, 3]));
        Assert.Equal(0, second.Step);
        Assert.Equal(Run(Create(), Steps), Run(second, Steps));
    }

    [Fact]
    public void An_update_leaves_parameters_and_momentum_alone_when_their_layers_are_not_sampled()
    {
        var deep = ToyTask.Architectures(50).First(a => a.DecoderLayers == 3);
        var shallow = ToyTask.Architectures(50).First(a => a.DecoderLayers == 1);
        using var trainer =
            new Trainer(ToyTask.Definition, ToyTask.Data(), new Alternating(deep, shallow), new TrainingPlan(Steps, 1, 1), torch.CPU);
        trainer.Update();
        trainer.Update();
        var before = LastLayer(trainer);
        trainer.Update();
        Assert.Equal(before, LastLayer(trainer));
        trainer.Update();
        Assert.NotEqual(before, LastLayer(trainer));
    }

    private static Trainer Create() => new(
        ToyTask.Definition, ToyTask.Data(), new SinglePathOneShot(ToyTask.Definition.Space, 1), new TrainingPlan(Steps, 3, 1), torch.CPU);

    private static byte[] Run(Trainer trainer, int steps)
    {
        using (trainer)
        {
            for (var i = 0; i < steps; i++) trainer.Update();
            return ModelFile.Write(trainer.Model);
        }
    }

    private static float[] LastLayer(Trainer trainer) => Trainer.NamedParameters(trainer.Model)
        .Where(p => p.Name.StartsWith("decoder.2.", StringComparison.Ordinal))
        .SelectMany(p => p.Tensor.detach().data<float>().ToArray()).ToArray();

    // Steps 0, 1 and 3 are deep, step 2 is shallow.
    private sealed class Alternating(HsNas.Spaces.Architecture deep, HsNas.Spaces.Architecture shallow) : IArchitectureSchedule
    {
        public IReadOnlyList<HsNas.Spaces.Architecture> At(long step) => [step == 2 ? shallow : deep];
    }
}
