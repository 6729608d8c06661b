namespace HsNas.Onnx.Messages;

/// <summary>Types of a tensor's elements, with ONNX's numbers.</summary>
internal enum ElementType
{
    /// <summary>32-bit float.</summary>
    Float = 1,

    /// <summary>Signed byte.</summary>
    SignedByte = 3,

    /// <summary>Signed 64-bit integer.</summary>
    Integer = 7,
}
