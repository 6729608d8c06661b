namespace HsNas.Simulation.Devices;

/// <summary>A GPU on Azure. Speeds are the maker's, prices are list prices that change: see docs/scale.md.</summary>
/// <param name="Name">As <c>--device</c> takes it.</param>
/// <param name="Products16">TFLOP/s of dense 16-bit products.</param>
/// <param name="Products32">TFLOP/s of single-precision products.</param>
/// <param name="Memory">Terabytes a second.</param>
/// <param name="BatchTokens">Tokens of a batch that its memory holds beside the supernet.</param>
/// <param name="Price">Dollars an hour.</param>
/// <param name="SpotPrice">Dollars an hour of a spot machine, about.</param>
internal sealed record GpuDevice(
    string Name, double Products16, double Products32, double Memory, int BatchTokens, double Price, double SpotPrice)
{
    /// <summary>NC40ads_H100_v5's like; the one that was measured.</summary>
    public static readonly GpuDevice H100 = new("h100", 989, 67, 3.35, 16_384, 6.98, 2.9);

    /// <summary>NC24ads_A100_v4.</summary>
    public static readonly GpuDevice A100 = new("a100", 312, 19.5, 2.0, 16_384, 3.67, 1.3);

    /// <summary>NC4as_T4_v3.</summary>
    public static readonly GpuDevice T4 = new("t4", 65, 8.1, 0.32, 4_096, 0.526, 0.2);

    /// <summary>All, the fastest first.</summary>
    public static readonly IReadOnlyList<GpuDevice> All = [H100, A100, T4];

    /// <summary>
    /// Rate of 16-bit training against the H100's: the smaller of the ratios of products and of memory, so the estimate is on the
    /// slow side.
    /// </summary>
    public double Training => Math.Min(Products16 / H100.Products16, Memory / H100.Memory);

    /// <summary>The same of scoring, which is in single precision.</summary>
    public double Scoring => Math.Min(Products32 / H100.Products32, Memory / H100.Memory);
}
