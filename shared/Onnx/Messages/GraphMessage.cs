namespace HsNas.Onnx.Messages;

/// <summary>A graph: its nodes in the order of computation.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">Operations.</param>
/// <param name="Constants">Weights and other constants.</param>
/// <param name="Inputs">What it is given.</param>
/// <param name="Outputs">What it gives.</param>
internal sealed record GraphMessage(
    string Name, IReadOnlyList<NodeMessage> Nodes, IReadOnlyList<TensorMessage> Constants, IReadOnlyList<ValueMessage> Inputs,
    IReadOnlyList<ValueMessage> Outputs) : OnnxMessage
{
    /// <inheritdoc/>
    protected override void Write(FieldWriter fields)
    {
        fields.Messages(1, Nodes);
        fields.Text(2, Name);
        fields.Messages(5, Constants);
        fields.Messages(11, Inputs);
        fields.Messages(12, Outputs);
    }
}
