namespace HsNas.Onnx.Messages;

/// <summary>The content of an <c>.onnx</c> file: one graph of the standard operators, version 17.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Metadata">What the file says about itself.</param>
internal sealed record ModelMessage(GraphMessage Graph, IReadOnlyList<EntryMessage> Metadata) : OnnxMessage
{
    private const int FormatVersion = 8;
    private const int OperatorVersion = 17;

    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        fields.Number(1, FormatVersion);
        fields.Text(2, "HsNas");
        fields.Messages(7, Graph);
        fields.Messages(8, new OperatorsMessage());
        fields.Messages(14, Metadata);
    }

    // The standard operators are the set without a name.
    private sealed record OperatorsMessage : OnnxMessage
    {
        protected override void Write(FieldWriter fields)
        {
            fields.Text(1, "");
            fields.Number(2, OperatorVersion);
        }
    }
}
