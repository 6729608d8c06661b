using HsNas.Onnx.Messages;

namespace HsNas.Onnx.Graphs;

/// <summary>
/// Matrices in 8 bits, one scale an output column, products in integers. What they are multiplied with is quantised when it is
/// known, over the whole tensor. One table of embeddings serves the look-up, by row, and the output projection, by column.
/// </summary>
internal sealed class ByteProducts : MatrixProducts
{
    private readonly Dictionary<(GraphBuilder Graph, string Value), string[]> _quantised = [];

    /// <inheritdoc/>
    public override string Linear(GraphBuilder graph, string x, LinearMap map)
    {
        var matrix = Lazily(map.Weight.Values, map.Outputs, QuantisedMatrix.LargestFactor);
        var weight = graph.Weight(
            map.Name + ".weight", [map.Inputs, map.Outputs], ElementType.SignedByte, () => matrix.Value.Transposed());
        var scales = graph.Weight(map.Name + ".scale", [map.Outputs], () => matrix.Value.Scales);
        var bias = graph.Weight(map.Name + ".bias", [map.Outputs], () => map.Bias.Values);
        return graph.Add("Add", [Product(graph, x, weight, scales), bias]);
    }

    /// <inheritdoc/>
    public override string Rows(GraphBuilder graph, string numbers, Table table)
    {
        var (bytes, scales) = Stored(graph, table);
        return graph.Add("Mul", [Floats(graph, graph.Add("Gather", [bytes, numbers])), graph.Add("Gather", [scales, numbers])]);
    }

    /// <inheritdoc/>
    public override string TimesRows(GraphBuilder graph, string x, Table table)
    {
        // Both are functions of constants: a runtime computes them once, when it loads the graph.
        var (bytes, scales) = Stored(graph, table);
        return Product(graph, x, graph.Transpose(bytes, 1, 0), graph.Reshape(scales, -1));
    }

    /// <inheritdoc/>
    public override string Positions(GraphBuilder graph, Table table, Func<string, string> pick)
    {
        // All are between -1 and 1, so one scale serves.
        var matrix = Lazily(table.Values, 1, QuantisedMatrix.Largest);
        var bytes = graph.Weight(table.Name, [table.Count, table.Width], ElementType.SignedByte, () => matrix.Value.Bytes);
        return graph.Add("DequantizeLinear", [pick(bytes), graph.Number("positions.scale", matrix.Value.Scales[0])]);
    }

    private string Product(GraphBuilder graph, string x, string weight, string scales)
    {
        if (!_quantised.TryGetValue((graph, x), out var quantised))
            _quantised[(graph, x)] = quantised = graph.Add("DynamicQuantizeLinear", [x], 3, []);
        var integers = graph.Add("MatMulInteger", [quantised[0], weight, quantised[2]]);
        return graph.Add("Mul", [Floats(graph, integers), graph.Add("Mul", [quantised[1], scales])]);
    }

    private static (string Bytes, string Scales) Stored(GraphBuilder graph, Table table)
    {
        var matrix = Lazily(table.Values, table.Count, QuantisedMatrix.LargestFactor);
        return (graph.Weight(table.Name, [table.Count, table.Width], ElementType.SignedByte, () => matrix.Value.Bytes),
            graph.Weight(table.Name + ".scale", [table.Count, 1], () => matrix.Value.Scales));
    }

    private static string Floats(GraphBuilder graph, string integers) =>
        graph.Add("Cast", [integers], new AttributeMessage("to", (long)ElementType.Float));

    private static Lazy<QuantisedMatrix> Lazily(float[] values, int rows, int largest) =>
        new(() => QuantisedMatrix.Of(values, rows, largest));
}
