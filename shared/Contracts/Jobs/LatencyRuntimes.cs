namespace HsNas.Contracts.Jobs;

/// <summary>What runs a model where it is deployed, and so what its latency is measured in (docs/method.md, "Latency predictor").</summary>
public static class LatencyRuntimes
{
    /// <summary>libtorch, as the worker itself runs models.</summary>
    public const string Torch = "torch";

    /// <summary>ONNX Runtime on the processor, weights in fp32.</summary>
    public const string Onnx = "onnx";

    /// <summary>ONNX Runtime on the processor, matrices in 8 bits.</summary>
    public const string OnnxInt8 = "onnx-int8";

    /// <summary>All runtimes.</summary>
    public static IReadOnlyList<string> All { get; } = [Torch, Onnx, OnnxInt8];
}
