using HsNas.GpuWorker.Training;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Training;

public sealed class MatrixPeakTests
{
    [Fact]
    public void Utilisation_is_a_share_of_what_the_device_reaches()
    {
        var peak = new MatrixPeak(torch.CPU);
        var small = peak.Utilisation(1e6);
        Assert.InRange(small, 1e-9, 0.1);   // Any processor reaches far more than a million a second.
        Assert.InRange(peak.Utilisation(2e6) / small, 2 - 1e-9, 2 + 1e-9);
        Assert.Equal(1, peak.Utilisation(1e18));
    }
}
