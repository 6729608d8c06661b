using HsNas.Onnx.Messages;

namespace HsNas.Onnx.Graphs;

/// <summary>
/// One step of the decoder for R rows; each of B sentences has R / B rows, one after the other (the beam). Inputs: <c>token</c>
/// [rows], the ids before; <c>position</c> [1], from 0; <c>count</c> [1], how many continuations of a row are wanted;
/// <c>past_rows</c> [rows], the row of the step before that each row continues; <c>past_key_j</c> and <c>past_value_j</c>
/// [rows before, h, t, Q/h] of decoder layer j, t = 0 at first; and the encoder's outputs for the B sentences. Outputs: <c>logits</c>
/// [rows, V]; of their logarithmic softmax the largest, <c>best_scores</c> [rows, count] with <c>best_ids</c>, and the end mark's,
/// <c>end_scores</c> [rows, 1]; <c>present_key_j</c> and <c>present_value_j</c>, the next step's past. Keys and values are apart,
/// because taking them apart inside would copy all of them at each step.
/// </summary>
internal sealed class DecoderGraph
{
    private const string PastRows = "past_rows";

    private readonly GraphBuilder _graph;
    private readonly ModelWeights _weights;
    private readonly Layers _layers;
    private readonly Dictionary<int, string> _masks = [];
    private readonly Dictionary<int, string> _queryShapes = [];

    private DecoderGraph(ModelWeights weights, MatrixProducts products, WeightFile file)
    {
        (_graph, _weights) = (new GraphBuilder("decoder", file), weights);
        _layers = new Layers(_graph, weights, products);
    }

    /// <summary>The graph of a model.</summary>
    public static GraphMessage Build(ModelWeights weights, MatrixProducts products, WeightFile file) =>
        new DecoderGraph(weights, products, file).Build();

    private GraphMessage Build()
    {
        var architecture = _weights.Architecture;
        var token = _graph.Input("token", ElementType.Integer, "rows");
        var position = _graph.Input("position", ElementType.Integer, "1");
        var count = _graph.Input("count", ElementType.Integer, "1");
        _graph.Input(PastRows, ElementType.Integer, "rows");
        _masks[1] = _graph.Input(StepNames.MemoryMask, ElementType.Float, "batch", "1", "1", "source");
        var x = _layers.Embed(token, architecture.DecoderEmbedDim, table => _graph.Add("Gather", [table, position]));   // [R, d_d]
        for (var j = 0; j < architecture.DecoderLayers; j++) x = Layer(j, x);
        Continuations(_layers.Logits(x), count);
        return _graph.Build();
    }

    private string Layer(int layer, string x)
    {
        var (name, architecture) = ($"decoder.{layer}", _weights.Architecture);
        var dim = architecture.DecoderEmbedDim;
        x = _layers.AddAndNorm(x, SelfAttention(layer, x), $"{name}.selfNorm", dim);
        x = _layers.AddAndNorm(x, CrossAttention(layer, x), $"{name}.crossNorm", dim);
        return _layers.FeedForward(x, name, dim, architecture.DecoderFfnDims[layer]);
    }

    private string SelfAttention(int layer, string x)
    {
        var (dim, heads) = (_weights.Architecture.DecoderEmbedDim, _weights.Architecture.DecoderSelfHeads[layer]);
        var (name, width) = ($"decoder.{layer}.selfAttention", _weights.QkvDim / heads);
        var qkv = _layers.Linear(x, _weights.Queries($"{name}.qkv", 3 * _weights.QkvDim, dim, heads));              // [R, 3Q]
        var parts = Split(_graph.Reshape(qkv, 0, 3 * heads, 1, width), heads, heads, heads);                       // [R, h, 1, Q/h] each
        var keys = Present($"key_{layer}", parts[1], heads, width);                                                 // [R, h, t, Q/h]
        var values = Present($"value_{layer}", parts[2], heads, width);                                             // [R, h, t, Q/h]
        var mixed = _layers.Attend(parts[0], _graph.Transpose(keys, 0, 1, 3, 2), values, null);                     // [R, h, 1, Q/h]
        var joined = _graph.Reshape(mixed, 0, _weights.QkvDim);                                                     // [R, Q]
        return _layers.Linear(joined, _weights.Linear($"{name}.output", dim, _weights.QkvDim));
    }

    // What the rows continued held before, and the new position: [R, h, t, Q/h].
    private string Present(string name, string now, int heads, int width)
    {
        var past = _graph.Input($"past_{name}", ElementType.Float, "rows_before", $"{heads}", "past", $"{width}");
        var present = _graph.Concat([_graph.Add("Gather", [past, PastRows]), now], 2);
        _graph.Output(present, $"present_{name}", "rows", $"{heads}", "present", $"{width}");
        return present;
    }

    // The rows of a sentence are its queries, so the memory is not repeated for them.
    private string CrossAttention(int layer, string x)
    {
        var architecture = _weights.Architecture;
        var (attended, heads) = (architecture.AttendedEncoderLayers(layer), architecture.DecoderCrossHeads[layer]);
        var (dim, name, width) = (architecture.DecoderEmbedDim, $"decoder.{layer}.crossAttention", $"{_weights.QkvDim / heads}");
        var length = StepNames.MemoryLength(attended);
        var key = _graph.Input(StepNames.MemoryKey(layer), ElementType.Float, "batch", $"{heads}", width, length);
        var value = _graph.Input(StepNames.MemoryValue(layer), ElementType.Float, "batch", $"{heads}", length, width);
        var query = _layers.Linear(x, _weights.Queries($"{name}.query", _weights.QkvDim, dim, heads));              // [R, Q]
        query = _graph.Add("Reshape", [query, QueryShape(heads)]);                                                  // [B, R/B, h, Q/h]
        var mixed = _layers.Attend(_graph.Transpose(query, 0, 2, 1, 3), key, value, Mask(attended));                // [B, h, R/B, Q/h]
        var joined = _graph.Reshape(_graph.Transpose(mixed, 0, 2, 1, 3), -1, _weights.QkvDim);                     // [R, Q]
        return _layers.Linear(joined, _weights.Linear($"{name}.output", dim, _weights.QkvDim));
    }

    private void Continuations(string logits, string count)
    {
        var scores = _graph.Add("LogSoftmax", [logits], new AttributeMessage("axis", -1L));                         // [R, V]
        var best = _graph.Add("TopK", [scores, count], 2, [new AttributeMessage("axis", -1L)]);
        _graph.Output(logits, "logits", "rows", $"{_weights.Vocabulary}");
        _graph.Output(best[0], "best_scores", "rows", "count");
        _graph.Output(best[1], "best_ids", ElementType.Integer, "rows", "count");
        _graph.Output(_layers.EndScores(scores), "end_scores", "rows", "1");
    }

    private string[] Split(string x, params long[] heads) =>
        _graph.Add("Split", [x, _graph.Integers(heads)], heads.Length, [new AttributeMessage("axis", 1L)]);

    private string QueryShape(int heads)
    {
        if (_queryShapes.TryGetValue(heads, out var known)) return known;
        var batch = _graph.Add("Shape", [StepNames.MemoryMask], new AttributeMessage("start", 0L), new AttributeMessage("end", 1L));
        return _queryShapes[heads] = _graph.Concat([batch, _graph.Integers(-1, heads, _weights.QkvDim / heads)], 0);
    }

    private string Mask(int attended) => _masks.TryGetValue(attended, out var known) ? known
        : _masks[attended] = _graph.Concat([.. Enumerable.Repeat(StepNames.MemoryMask, attended)], 3);
}
