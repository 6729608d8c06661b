namespace HsNas.Onnx.Messages;

/// <summary>A key with its text.</summary>
/// <param name="Key">The key.</param>
/// <param name="Value">The text.</param>
internal sealed record EntryMessage(string Key, string Value) : OnnxMessage
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        fields.Text(1, Key);
        fields.Text(2, Value);
    }
}
