using System.Diagnostics;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// What a device reaches in large matrix products. Achieved FLOP/s divided by it is the model FLOPs utilisation (MFU) against what
/// this device can really do, which no data sheet of a processor states.
/// </summary>
/// <param name="device">The device.</param>
/// <param name="type">Type of the products; single precision where null.</param>
/// <remarks>
/// On a processor both rates are per second of processor time. In wall-clock time a busy machine looks slow, and a training that
/// runs when the machine is idle again would seem to use more than all of it.
/// </remarks>
internal sealed class MatrixPeak(Device device, ScalarType? type = null)
{
    private const int Runs = 5;
    private double _best;

    /// <summary>
    /// The share of the peak that <paramref name="flopsPerSecond"/> is, 0 to 1. The peak is measured at the first call, and again
    /// whenever the rate is above what was measured so far.
    /// </summary>
    public double Utilisation(double flopsPerSecond)
    {
        if (flopsPerSecond > _best) _best = Math.Max(_best, Measure());
        return Math.Min(1, flopsPerSecond / _best);
    }

    /// <summary>Seconds since <paramref name="start"/> as rates of this device count them.</summary>
    public static double Seconds(Device device, (long Wall, TimeSpan Cpu) start) => device.type == DeviceType.CPU
        ? (Environment.CpuUsage.TotalTime - start.Cpu).TotalSeconds
        : Stopwatch.GetElapsedTime(start.Wall).TotalSeconds;

    /// <summary>The start that <see cref="Seconds"/> counts from, if that is now.</summary>
    public static (long Wall, TimeSpan Cpu) Now() => (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);

    // FLOP/s of square products, the best of a few runs.
    private double Measure()
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var size = device.type == DeviceType.CUDA ? 4096 : 768;
        var matrix = ones(size, size, dtype: type ?? ScalarType.Float32, device: device);   // [n, n]
        Multiply(matrix);
        var best = Enumerable.Range(0, Runs).Min(_ =>
        {
            var start = Now();
            Multiply(matrix);
            return Math.Max(1e-6, Seconds(device, start));
        });
        return 2d * size * size * size / best;
    }

    // Reading one number back waits for the device.
    private static void Multiply(Tensor matrix)
    {
        using var product = matrix.matmul(matrix);                                          // [n, n]
        using var row = product.narrow(0, 0, 1);                                            // [1, n]
        using var corner = row.narrow(1, 0, 1).cpu();                                       // [1, 1]
    }
}
