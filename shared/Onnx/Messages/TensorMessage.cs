namespace HsNas.Onnx.Messages;

/// <summary>A constant of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape; a scalar's is empty.</param>
/// <param name="Type">Type of its elements.</param>
internal abstract record TensorMessage(string Name, IReadOnlyList<long> Shape, ElementType Type) : OnnxMessage
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        foreach (var size in Shape) fields.Number(1, size);
        fields.Number(2, (long)Type);
        fields.Text(8, Name);
    }
}

/// <summary>A constant whose values are in the graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Values">Little-endian values.</param>
internal sealed record InlineTensor(string Name, IReadOnlyList<long> Shape, ElementType Type, byte[] Values)
    : TensorMessage(Name, Shape, Type)
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        base.Write(fields);
        fields.Bytes(9, Values);
    }
}

/// <summary>A constant whose values are in another file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="File">The file, beside the graph's.</param>
/// <param name="Offset">First byte.</param>
/// <param name="Length">Number of bytes.</param>
internal sealed record ExternalTensor(string Name, IReadOnlyList<long> Shape, ElementType Type, string File, long Offset, long Length)
    : TensorMessage(Name, Shape, Type)
{
    private const int External = 1;

    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        base.Write(fields);
        fields.Messages(13, new EntryMessage("location", File), new EntryMessage("offset", $"{Offset}"),
            new EntryMessage("length", $"{Length}"));
        fields.Number(14, External);
    }
}
