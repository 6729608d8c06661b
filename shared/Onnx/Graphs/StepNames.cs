namespace HsNas.Onnx.Graphs;

/// <summary>Names of what goes from the encoder to the decoder, and from one of its steps to the next.</summary>
internal static class StepNames
{
    /// <summary>Mask of the source.</summary>
    public const string MemoryMask = "memory_mask";

    /// <summary>Keys of the encoder for a decoder layer.</summary>
    public static string MemoryKey(int layer) => $"memory_key_{layer}";

    /// <summary>Values of the encoder for a decoder layer.</summary>
    public static string MemoryValue(int layer) => $"memory_value_{layer}";

    /// <summary>Name of the length of a memory of <paramref name="attended"/> encoder layers.</summary>
    public static string MemoryLength(int attended) => attended == 1 ? "source" : $"source_times_{attended}";
}
