using System.Runtime.InteropServices;
using HsNas.Onnx.Messages;

namespace HsNas.Onnx.Graphs;

/// <summary>Builds a graph node by node; values are known by their names.</summary>
/// <param name="name">The graph's name.</param>
/// <param name="weights">Where its weights lie.</param>
internal sealed class GraphBuilder(string name, WeightFile weights)
{
    private readonly List<NodeMessage> _nodes = [];
    private readonly Dictionary<string, TensorMessage> _constants = new(StringComparer.Ordinal);
    private readonly List<ValueMessage> _inputs = [];
    private readonly List<ValueMessage> _outputs = [];
    private readonly Dictionary<string, string> _renamed = new(StringComparer.Ordinal);

    /// <summary>Adds a node with one output; the output's name.</summary>
    public string Add(string operation, IReadOnlyList<string> inputs, params IReadOnlyList<AttributeMessage> attributes) =>
        Add(operation, inputs, 1, attributes)[0];

    /// <summary>Adds a node with several outputs; their names.</summary>
    public string[] Add(string operation, IReadOnlyList<string> inputs, int outputs, IReadOnlyList<AttributeMessage> attributes)
    {
        string[] names = [.. Enumerable.Range(0, outputs).Select(o => $"v{_nodes.Count}" + (o == 0 ? "" : $"_{o}"))];
        _nodes.Add(new NodeMessage(operation, inputs, names, attributes));
        return names;
    }

    /// <summary>An input of the graph.</summary>
    public string Input(string input, ElementType type, params IReadOnlyList<string> shape)
    {
        _inputs.Add(new ValueMessage(input, type, shape));
        return input;
    }

    /// <summary>Makes a value an output of the graph, under the name that users know it by.</summary>
    public void Output(string value, string output, ElementType type, params IReadOnlyList<string> shape)
    {
        _outputs.Add(new ValueMessage(output, type, shape));
        _renamed.Add(value, output);
    }

    /// <summary>An output of floats.</summary>
    public void Output(string value, string output, params IReadOnlyList<string> shape) =>
        Output(value, output, ElementType.Float, shape);

    /// <summary>A weight of the model.</summary>
    public string Weight(string weight, IReadOnlyList<long> shape, ElementType type, Func<byte[]> values)
    {
        _constants.TryAdd(weight, weights.Tensor(weight, shape, type, values));
        return weight;
    }

    /// <summary>A fp32 weight of the model.</summary>
    public string Weight(string weight, IReadOnlyList<long> shape, Func<float[]> values) =>
        Weight(weight, shape, ElementType.Float, () => MemoryMarshal.AsBytes<float>(values()).ToArray());

    /// <summary>A list of integers, for example a shape: [n].</summary>
    public string Integers(params long[] values)
    {
        var constant = "i" + string.Join('_', values).Replace('-', 'm');
        var bytes = MemoryMarshal.AsBytes<long>(values).ToArray();
        _constants.TryAdd(constant, new InlineTensor(constant, [values.Length], ElementType.Integer, bytes));
        return constant;
    }

    /// <summary>A number: [].</summary>
    public string Number(string constant, float value)
    {
        _constants.TryAdd(constant, new InlineTensor(constant, [], ElementType.Float, BitConverter.GetBytes(value)));
        return constant;
    }

    /// <summary>The same values in another shape; 0 keeps a dimension, -1 takes what is left.</summary>
    public string Reshape(string value, params long[] shape) => Add("Reshape", [value, Integers(shape)]);

    /// <summary>Dimensions in another order.</summary>
    public string Transpose(string value, params long[] order) => Add("Transpose", [value], new AttributeMessage("perm", order));

    /// <summary>Values joined along a dimension.</summary>
    public string Concat(IReadOnlyList<string> values, long axis) =>
        values.Count == 1 ? values[0] : Add("Concat", values, new AttributeMessage("axis", axis));

    /// <summary>The graph.</summary>
    public GraphMessage Build() => new(name, [.. _nodes.Select(n => n with
    {
        Inputs = [.. n.Inputs.Select(Renamed)], Outputs = [.. n.Outputs.Select(Renamed)],
    })], [.. _constants.Values], _inputs, _outputs);

    private string Renamed(string value) => _renamed.GetValueOrDefault(value, value);
}
