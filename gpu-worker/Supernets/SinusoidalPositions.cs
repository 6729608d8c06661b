using HsNas.Models;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary><see cref="PositionTable"/> as a tensor.</summary>
internal static class SinusoidalPositions
{
    /// <summary>[positions, dim]</summary>
    public static Tensor Table(int positions, int dim) => tensor(PositionTable.Values(positions, dim), new long[] { positions, dim });
}
