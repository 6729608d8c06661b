using HsNas.Onnx.Messages;

namespace HsNas.Onnx.Graphs;

/// <summary>Matrices and products in fp32.</summary>
internal sealed class FloatProducts : MatrixProducts
{
    /// <inheritdoc/>
    public override string Linear(GraphBuilder graph, string x, LinearMap map)
    {
        var weight = graph.Weight(map.Name + ".weight", [map.Inputs, map.Outputs], map.Transposed);
        var bias = graph.Weight(map.Name + ".bias", [map.Outputs], () => map.Bias.Values);
        return graph.Add("Add", [graph.Add("MatMul", [x, weight]), bias]);
    }

    /// <inheritdoc/>
    public override string Rows(GraphBuilder graph, string numbers, Table table) => graph.Add("Gather", [Stored(graph, table), numbers]);

    /// <inheritdoc/>
    public override string TimesRows(GraphBuilder graph, string x, Table table) =>
        graph.Add("Gemm", [x, Stored(graph, table)], new AttributeMessage("transB", 1L));

    /// <inheritdoc/>
    public override string Positions(GraphBuilder graph, Table table, Func<string, string> pick) => pick(Stored(graph, table));

    private static string Stored(GraphBuilder graph, Table table) =>
        graph.Weight(table.Name, [table.Count, table.Width], () => table.Values);
}
