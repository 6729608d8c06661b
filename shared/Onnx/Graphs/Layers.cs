using HsNas.Models;
using HsNas.Onnx.Messages;
using HsNas.Translation;

namespace HsNas.Onnx.Graphs;

/// <summary>What encoder and decoder have in common.</summary>
internal sealed class Layers(GraphBuilder graph, ModelWeights weights, MatrixProducts products)
{
    // torch's and the worker's.
    private const float Epsilon = 1e-5f;

    /// <summary>
    /// Embeds ids [...]: [..., dim], scaled by the root of dim, with positions added. <paramref name="pick"/> takes rows of the
    /// table of positions.
    /// </summary>
    public string Embed(string ids, int dim, Func<string, string> pick)
    {
        var shared = weights.Architecture.DecoderEmbedDim;
        var x = products.Rows(graph, ids, Embedding());
        if (dim > shared) x = graph.Concat([x, products.Rows(graph, ids, EncoderOnly(dim - shared))], -1);
        x = Columns(x, dim, shared);
        x = graph.Add("Mul", [x, graph.Number("rootOfWidth", (float)Math.Sqrt(dim))]);
        var widest = Math.Max(shared, weights.Architecture.EncoderEmbedDim);
        return graph.Add("Add", [x, Columns(products.Positions(graph, Positions(widest), pick), dim, widest)]);
    }

    /// <summary>Unnormalised log-probabilities [R, V] of features [R, d_d].</summary>
    public string Logits(string features) => products.TimesRows(graph, features, Embedding());

    /// <summary>Of scores [R, V] the end mark's: [R, 1].</summary>
    public string EndScores(string scores) => graph.Add("Slice", [scores, graph.Integers(BytePairVocabulary.End),
        graph.Integers(BytePairVocabulary.End + 1), graph.Integers(-1)]);

    /// <summary>x[..., in] to [..., out].</summary>
    public string Linear(string x, LinearMap map) => products.Linear(graph, x, map);

    /// <summary>The values [..., parts * Q] of one product, apart: [..., Q] each.</summary>
    public string[] Parts(string joined, int parts, long axis) => graph.Add("Split",
        [joined, graph.Integers([.. Enumerable.Repeat((long)weights.QkvDim, parts)])], parts, [new AttributeMessage("axis", axis)]);

    /// <summary>Residual, then norm: [..., d].</summary>
    public string AddAndNorm(string x, string update, string name, int dim) => graph.Add("LayerNormalization",
        [
            graph.Add("Add", [x, update]),
            graph.Weight(name + ".weight", [dim], () => weights.Tensor(name + ".weight", dim).Values),
            graph.Weight(name + ".bias", [dim], () => weights.Tensor(name + ".bias", dim).Values),
        ],
        new AttributeMessage("epsilon", Epsilon));

    /// <summary>Two linear maps with ReLU between, residual and norm: x[..., d] to [..., d].</summary>
    public string FeedForward(string x, string layer, int dim, int inner)
    {
        var hidden = graph.Add("Relu", [Linear(x, weights.Linear($"{layer}.feedForward.fc1", inner, dim))]);
        return AddAndNorm(x, Linear(hidden, weights.Linear($"{layer}.feedForward.fc2", dim, inner)), $"{layer}.feedForwardNorm", dim);
    }

    /// <summary>
    /// Attention of queries [B, h, T, Q/h], scaled already, to keys [B, h, Q/h, S] and values [B, h, S, Q/h]; a mask is added to
    /// the scores. [B, h, T, Q/h].
    /// </summary>
    public string Attend(string query, string key, string value, string? mask)
    {
        var scores = graph.Add("MatMul", [query, key]);
        if (mask is not null) scores = graph.Add("Add", [scores, mask]);
        return graph.Add("MatMul", [graph.Add("Softmax", [scores], new AttributeMessage("axis", -1L)), value]);
    }

    private string Columns(string x, int count, int width) =>
        count >= width ? x : graph.Add("Slice", [x, graph.Integers(0), graph.Integers(count), graph.Integers(-1)]);

    private Table Embedding() => TableOf("embedding", weights.Architecture.DecoderEmbedDim);

    private Table EncoderOnly(int width) => TableOf("embedding.encoderOnly", width);

    private Table TableOf(string name, int width) =>
        new(name, weights.Vocabulary, width, weights.Tensor(name, weights.Vocabulary, width).Values);

    private Table Positions(int width)
    {
        var all = PositionTable.Values(PositionTable.MaxLength, weights.PositionDim);
        return new Table("positions", PositionTable.MaxLength, width, [.. all.Where((_, i) => i % weights.PositionDim < width)]);
    }
}
