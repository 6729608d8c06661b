using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class MixedPrecisionTests
{
    private const int Steps = 12;

    [Fact]
    public void Products_are_close_and_results_stay_single_precision_when_the_type_is_bfloat16()
    {
        using var scope = NewDisposeScope();
        manual_seed(1);
        var (a, b) = (randn(5, 7), randn(7, 3));
        var exact = MatrixProducts.Product(a, b);
        Tensor rounded;
        using (MatrixProducts.In(ScalarType.BFloat16)) rounded = MatrixProducts.Product(a, b);
        Assert.Equal(ScalarType.Float32, rounded.dtype);
        Assert.False(exact.allclose(rounded, 1e-5, 1e-5));
        Assert.True(exact.allclose(rounded, 5e-2, 5e-2));
        Assert.True(exact.allclose(MatrixProducts.Product(a, b), 0, 0));
    }

    [Fact]
    public void A_training_follows_single_precision_when_products_are_in_bfloat16()
    {
        var exact = Losses(new TrainingPlan(Steps, 3, 1));
        var rounded = Losses(new TrainingPlan(Steps, 3, 1, Products: ScalarType.BFloat16));
        Assert.NotEqual(exact, rounded);
        for (var i = 0; i < Steps; i++) Assert.InRange(rounded[i], exact[i] - 0.05, exact[i] + 0.05);
    }

    [Fact]
    public void A_training_is_the_same_bit_by_bit_when_its_loss_is_scaled()
    {
        // The scale is a power of two, so that in single precision nothing is rounded otherwise.
        using var plain = Trained(new TrainingPlan(Steps, 3, 1));
        using var scaled = Trained(new TrainingPlan(Steps, 3, 1, ScaleLoss: true));
        Assert.Equal(ModelFile.Write(plain.Model), ModelFile.Write(scaled.Model));
    }

    [Fact]
    public void A_training_in_bfloat16_is_the_same_bit_by_bit_when_it_was_stopped_and_restored()
    {
        var plan = new TrainingPlan(Steps, 3, 1, Products: ScalarType.BFloat16, ScaleLoss: true);
        using var undisturbed = Trained(plan);
        using var first = Create(plan);
        for (var i = 0; i < 5; i++) first.Update();
        using var second = Create(plan);
        Assert.True(second.TryRestore(first.Save()));
        while (!second.Finished) second.Update();
        Assert.Equal(ModelFile.Write(undisturbed.Model), ModelFile.Write(second.Model));
    }

    [Fact]
    public void The_loss_scale_halves_at_an_overflow_doubles_after_two_thousand_good_updates_and_gives_up_at_the_end()
    {
        var scale = new LossScale(enabled: true);
        scale.Note(finite: false);
        Assert.Equal((32768.0, 1), (scale.Value, scale.Dropped));
        for (var i = 0; i < 2000; i++) scale.Note(finite: true);
        Assert.Equal(65536, scale.Value);
        Assert.Throws<InvalidDataException>(() =>
        {
            for (var i = 0; i < 100; i++) scale.Note(finite: false);
        });
    }

    [Fact]
    public void The_loss_scale_continues_where_it_was_saved()
    {
        var scale = new LossScale(enabled: true);
        scale.Note(finite: false);
        for (var i = 0; i < 1999; i++) scale.Note(finite: true);
        using var file = new MemoryStream();
        scale.Save(new BinaryWriter(file));
        file.Position = 0;
        var restored = new LossScale(enabled: true);
        restored.Restore(new BinaryReader(file));
        restored.Note(finite: true);
        Assert.Equal((65536.0, 1), (restored.Value, restored.Dropped));
    }

    private static double[] Losses(TrainingPlan plan)
    {
        using var trainer = Create(plan);
        return [.. Enumerable.Range(0, Steps).Select(_ => trainer.Update())];
    }

    private static Trainer Trained(TrainingPlan plan)
    {
        var trainer = Create(plan);
        while (!trainer.Finished) trainer.Update();
        return trainer;
    }

    private static Trainer Create(TrainingPlan plan) =>
        new(ToyTask.Definition, ToyTask.Data(), new SinglePathOneShot(ToyTask.Definition.Space, 1), plan, CPU);
}
