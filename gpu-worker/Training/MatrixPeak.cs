using System.Diagnostics;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// What a device reaches in large matrix products, measured now. Achieved FLOP/s divided by it is the model FLOPs utilisation
/// (MFU) against what this device can really do, which no data sheet of a CPU states.
/// </summary>
internal static class MatrixPeak
{
    private const int Runs = 3;

    /// <summary>FLOP/s of square products in <paramref name="type"/>, the best of three; single precision where null.</summary>
    public static double Measure(Device device, ScalarType? type = null)
    {
        using var scope = NewDisposeScope();
        using var inference = no_grad();
        var size = device.type == TorchSharp.DeviceType.CUDA ? 4096 : 512;
        var matrix = ones(size, size, dtype: type ?? ScalarType.Float32, device: device);   // [n, n]
        Multiply(matrix);
        var best = Enumerable.Range(0, Runs).Min(_ =>
        {
            var start = Stopwatch.GetTimestamp();
            Multiply(matrix);
            return Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        return 2d * size * size * size / best;
    }

    // Reading one number back waits for the device.
    private static void Multiply(Tensor matrix)
    {
        using var product = matrix.matmul(matrix);                                          // [n, n]
        using var corner = product.narrow(0, 0, 1).narrow(1, 0, 1).cpu();                    // [1, 1]
    }
}
