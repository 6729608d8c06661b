using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

/// <summary>
/// Seed files and supernets of earlier versions must stay reproducible. A training of kind "hat" is compared with one that was
/// recorded before the other kinds of supernets were added.
/// </summary>
public sealed class RecordedTrainingTests
{
    // Bits depend on processor and library, so losses are compared, in nats.
    private const double Rounding = 1e-4;

    private static readonly double[] RecordedLosses =
    [
        2.71212339, 3.48257327, 2.94712710, 2.85351395, 2.60433745, 2.91887235,
        3.03323841, 3.16001367, 2.74539518, 2.71916961, 2.44969868, 2.71654367,
    ];

    [Fact]
    public void A_training_of_HAT_equals_the_recorded_one()
    {
        var schedule = new SinglePathOneShot(ToyTask.Definition.Space, 1);
        using var trainer =
            new Trainer(ToyTask.Definition, ToyTask.Data(), schedule, new TrainingPlan(RecordedLosses.Length, 3, 1), torch.CPU);

        foreach (var recorded in RecordedLosses) Assert.InRange(trainer.Update(), recorded - Rounding, recorded + Rounding);
    }
}
