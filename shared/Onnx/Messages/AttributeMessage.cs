namespace HsNas.Onnx.Messages;

/// <summary>A fixed setting of a node: one integer, one float, or a list of integers.</summary>
/// <param name="Name">Its name in the operator's specification.</param>
/// <param name="Value">A long, a float or an array of longs.</param>
internal sealed record AttributeMessage(string Name, object Value) : OnnxMessage
{
    private const int FloatType = 1;
    private const int IntegerType = 2;
    private const int IntegersType = 7;

    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        fields.Text(1, Name);
        switch (Value)
        {
            case float number:
                fields.Float(2, number);
                fields.Number(20, FloatType);
                break;
            case long number:
                fields.Number(3, number);
                fields.Number(20, IntegerType);
                break;
            case long[] numbers:
                foreach (var number in numbers) fields.Number(8, number);
                fields.Number(20, IntegersType);
                break;
            default:
                throw new InvalidOperationException($"Attribute {Name} has the type {Value.GetType()}.");
        }
    }
}
