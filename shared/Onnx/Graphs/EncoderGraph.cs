using HsNas.Onnx.Messages;
using HsNas.Translation;

namespace HsNas.Onnx.Graphs;

/// <summary>
/// The encoder, with the keys and values that every decoder layer reads of it. Input <c>source</c> [batch, source]: ids, each
/// sentence with its end mark, padded on the right. Outputs: for decoder layer j <c>memory_key_j</c> [batch, h, Q/h, kS] and
/// <c>memory_value_j</c> [batch, h, kS, Q/h], the k encoder layers that j attends to joined along time, last layer first; and
/// <c>memory_mask</c> [batch, 1, 1, source], 0 or -inf where padded.
/// </summary>
internal sealed class EncoderGraph
{
    /// <summary>Name of the input.</summary>
    public const string Source = "source";

    private readonly GraphBuilder _graph;
    private readonly ModelWeights _weights;
    private readonly Layers _layers;

    private EncoderGraph(ModelWeights weights, MatrixProducts products, WeightFile file)
    {
        (_graph, _weights) = (new GraphBuilder("encoder", file), weights);
        _layers = new Layers(_graph, weights, products);
    }

    /// <summary>The graph of a model.</summary>
    public static GraphMessage Build(ModelWeights weights, MatrixProducts products, WeightFile file) =>
        new EncoderGraph(weights, products, file).Build();

    private GraphMessage Build()
    {
        var architecture = _weights.Architecture;
        var source = _graph.Input(Source, ElementType.Integer, "batch", "source");
        var mask = Mask(source);
        var x = _layers.Embed(source, architecture.EncoderEmbedDim, FirstPositions(source));
        var outputs = new List<string>();
        for (var i = 0; i < architecture.EncoderLayers; i++) outputs.Add(x = Layer(i, x, mask));
        for (var j = 0; j < architecture.DecoderLayers; j++) Memory(j, outputs);
        _graph.Output(mask, StepNames.MemoryMask, "batch", "1", "1", "source");
        return _graph.Build();
    }

    // [B, S] to [B, 1, 1, S]
    private string Mask(string source)
    {
        var padding = _graph.Add("Equal", [source, _graph.Integers(BytePairVocabulary.Padding)]);
        var mask = _graph.Add("Where", [padding, _graph.Number("never", float.NegativeInfinity), _graph.Number("freely", 0)]);
        return _graph.Reshape(mask, 0, 1, 1, -1);
    }

    // The rows of the positions 0 to S - 1.
    private Func<string, string> FirstPositions(string source) => table =>
    {
        var length = _graph.Add("Shape", [source], new AttributeMessage("start", 1L), new AttributeMessage("end", 2L));
        return _graph.Add("Slice", [table, _graph.Integers(0), length, _graph.Integers(0)]);
    };

    private string Layer(int layer, string x, string mask)
    {
        var (name, architecture) = ($"encoder.{layer}", _weights.Architecture);
        var (dim, heads) = (architecture.EncoderEmbedDim, architecture.EncoderHeads[layer]);
        var qkv = _layers.Linear(x, _weights.Queries($"{name}.attention.qkv", 3 * _weights.QkvDim, dim, heads));   // [B, S, 3Q]
        var parts = _layers.Parts(qkv, 3, axis: 2);
        var mixed = _layers.Attend(Rows(parts[0], heads), Columns(parts[1], heads), Rows(parts[2], heads), mask);   // [B, h, S, Q/h]
        var joined = _graph.Reshape(_graph.Transpose(mixed, 0, 2, 1, 3), 0, 0, _weights.QkvDim);                   // [B, S, Q]
        var attended = _layers.Linear(joined, _weights.Linear($"{name}.attention.output", dim, _weights.QkvDim));
        x = _layers.AddAndNorm(x, attended, $"{name}.attentionNorm", dim);
        return _layers.FeedForward(x, name, dim, architecture.EncoderFfnDims[layer]);
    }

    private void Memory(int layer, List<string> outputs)
    {
        var architecture = _weights.Architecture;
        var (attended, heads) = (architecture.AttendedEncoderLayers(layer), architecture.DecoderCrossHeads[layer]);
        var memory = _graph.Concat([.. Enumerable.Range(1, attended).Select(i => outputs[^i])], 1);                // [B, kS, d_e]
        var map = _weights.Linear($"decoder.{layer}.crossAttention.memory", 2 * _weights.QkvDim, architecture.EncoderEmbedDim);
        var parts = _layers.Parts(_layers.Linear(memory, map), 2, axis: 2);                                       // [B, kS, Q] each
        var (width, length) = ($"{_weights.QkvDim / heads}", StepNames.MemoryLength(attended));
        _graph.Output(Columns(parts[0], heads), StepNames.MemoryKey(layer), "batch", $"{heads}", width, length);
        _graph.Output(Rows(parts[1], heads), StepNames.MemoryValue(layer), "batch", $"{heads}", length, width);
    }

    // [B, T, Q] to [B, h, T, Q/h]
    private string Rows(string x, int heads) => _graph.Transpose(Split(x, heads), 0, 2, 1, 3);

    // [B, T, Q] to [B, h, Q/h, T]
    private string Columns(string x, int heads) => _graph.Transpose(Split(x, heads), 0, 2, 3, 1);

    private string Split(string x, int heads) => _graph.Reshape(x, 0, 0, heads, _weights.QkvDim / heads);
}
