namespace HsNas.Onnx.Messages;

/// <summary>One operation of a graph.</summary>
/// <param name="Operator">A standard operator, for example <c>MatMul</c>.</param>
/// <param name="Inputs">Names of values; an empty name leaves an optional input out.</param>
/// <param name="Outputs">Names of the values that it makes.</param>
/// <param name="Attributes">Its settings.</param>
internal sealed record NodeMessage(
    string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs, IReadOnlyList<AttributeMessage> Attributes) : OnnxMessage
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        foreach (var input in Inputs) fields.Text(1, input);
        foreach (var output in Outputs) fields.Text(2, output);
        fields.Text(4, Operator);
        fields.Messages(5, Attributes);
    }
}
