using System.Runtime.CompilerServices;
using TorchSharp;

// Random state and statistics belong to the process or to a thread: one test at a time.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace HsNas.TorchSharp.Tests;

internal static class Setup
{
    [ModuleInitializer]
    internal static void OneThread() => torch.set_num_threads(1);

    internal static float[] Values(torch.Tensor tensor) => tensor.data<float>().ToArray();

    internal static void Near(IEnumerable<double> expected, torch.Tensor actual, double tolerance = 1e-5)
    {
        using var flat = actual.detach().to(torch.float64).flatten();
        var found = flat.data<double>().ToArray();
        var wanted = expected.ToArray();
        Assert.Equal(wanted.Length, found.Length);
        for (var i = 0; i < wanted.Length; i++) Assert.True(Math.Abs(wanted[i] - found[i]) <= tolerance, $"[{i}] expected {wanted[i]}, found {found[i]}");
    }
}
