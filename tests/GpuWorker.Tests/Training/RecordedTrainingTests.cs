using System.Security.Cryptography;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

/// <summary>
/// Seeds files and supernets of earlier versions must stay reproducible: a training of kind "hat" is compared with one that
/// was recorded before the other kinds of supernets were added.
/// </summary>
public sealed class RecordedTrainingTests
{
    // Bits depend on processor and library; there they are compared, elsewhere the losses are.
    private const string RecordedOn = "cpu-x64-1t-abd7e93f/0.107.0.0";
    private const string RecordedHash = "a5d7abcb86b0420d69edd65ce12ed259c2fcfac2d078a6f10b44b1df4d9392cc";
    private static readonly double[] RecordedLosses =
    [
        2.71212339, 3.48257327, 2.94712710, 2.85351395, 2.60433745, 2.91887235,
        3.03323841, 3.16001367, 2.74539518, 2.71916961, 2.44969868, 2.71654367,
    ];

    [Fact]
    public void A_training_of_HAT_equals_the_recorded_one()
    {
        using var trainer = new Trainer(
            ToyTask.Definition, ToyTask.Data(), new SinglePathOneShot(ToyTask.Definition.Space, 1), new TrainingPlan(12, 3, 1), torch.CPU);
        double[] losses = [.. Enumerable.Range(0, 12).Select(_ => trainer.Update())];
        var hash = Convert.ToHexStringLower(SHA256.HashData(ModelFile.Write(trainer.Model)));
        var machine = $"{DeviceFingerprint.Of(torch.CPU)}/{typeof(torch).Assembly.GetName().Version}";
        Assert.True(losses.Length == RecordedLosses.Length && losses.Zip(RecordedLosses, (a, b) => Math.Abs(a - b)).Max() < 1e-4,
            $"on {machine}, hash {hash}: {string.Join(", ", losses.Select(l => l.ToString("R")))}");
        if (machine == RecordedOn) Assert.Equal(RecordedHash, hash);
    }
}
