namespace HsNas.Onnx.Messages;

/// <summary>An input or output of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Type of its elements.</param>
/// <param name="Shape">Its dimensions: a number where it is fixed, else a name; equal names are equal sizes.</param>
internal sealed record ValueMessage(string Name, ElementType Type, IReadOnlyList<string> Shape) : OnnxMessage
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        fields.Text(1, Name);
        fields.Messages(2, new TypeMessage(Type, Shape));
    }

    private sealed record TypeMessage(ElementType Type, IReadOnlyList<string> Shape) : OnnxMessage
    {
        protected override void Write(FieldWriter fields) => fields.Messages(1, new TensorTypeMessage(Type, Shape));
    }

    private sealed record TensorTypeMessage(ElementType Type, IReadOnlyList<string> Shape) : OnnxMessage
    {
        protected override void Write(FieldWriter fields)
        {
            fields.Number(1, (long)Type);
            fields.Messages(2, new ShapeMessage(Shape));
        }
    }

    private sealed record ShapeMessage(IReadOnlyList<string> Shape) : OnnxMessage
    {
        protected override void Write(FieldWriter fields) => fields.Messages(1, Shape.Select(s => new DimensionMessage(s)));
    }

    private sealed record DimensionMessage(string Size) : OnnxMessage
    {
        protected override void Write(FieldWriter fields)
        {
            if (long.TryParse(Size, out var number)) fields.Number(1, number);
            else fields.Text(2, Size);
        }
    }
}
