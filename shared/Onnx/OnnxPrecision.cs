namespace HsNas.Onnx;

/// <summary>How an ONNX model's matrices are stored and multiplied.</summary>
public enum OnnxPrecision
{
    /// <summary>32-bit floats, as trained.</summary>
    Float32,

    /// <summary>
    /// 8-bit integers with a scale an output column; what they are multiplied with is quantised as it comes. Norms, biases, softmax
    /// and residuals stay in 32 bits.
    /// </summary>
    Int8,
}
