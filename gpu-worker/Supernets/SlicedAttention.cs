using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// Multi-head attention with one stacked matrix for queries, keys and values: all 3Q rows are always used, columns are cut
/// to the width at hand. Queries and memory may differ in width (d_d against d_e): each reads its own columns. Head count
/// only changes the reshape and the scale.
/// </summary>
internal sealed class SlicedAttention : nn.Module
{
    private readonly SlicedLinear qkv;      // [3Q, maxDim]: queries, keys, values
    private readonly SlicedLinear output;   // [maxDim, Q]
    private readonly int width;
    private readonly double dropout;

    public SlicedAttention(int maxDim, int qkvDim, double dropout) : base(nameof(SlicedAttention))
    {
        (width, this.dropout) = (qkvDim, dropout);
        qkv = new SlicedLinear(maxDim, 3 * qkvDim);
        output = new SlicedLinear(qkvDim, maxDim);
        RegisterComponents();
    }

    /// <summary>Self-attention of x[B, T, d]; <paramref name="mask"/> is added to the scores [B, h, T, T]. Returns [B, T, d].</summary>
    public Tensor Self(Tensor x, int heads, Tensor? mask)
    {
        var projected = qkv.Forward(x, 3L * width);                                   // [B, T, 3Q]
        var query = Split(projected.narrow(2, 0, width), heads);                       // [B, h, T, Q/h]
        var key = Split(projected.narrow(2, width, width), heads);                     // [B, h, T, Q/h]
        var value = Split(projected.narrow(2, 2L * width, width), heads);              // [B, h, T, Q/h]
        return Attend(query, key, value, mask, x.shape[^1]);
    }

    /// <summary>Keys and values [B, h, T, Q/h] of self-attention for x[B, T, d] alone, for incremental decoding.</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, int heads)
    {
        var projected = qkv.Forward(x, 3L * width);                                   // [B, T, 3Q]
        return (Split(projected.narrow(2, 0, width), heads),
            Split(projected.narrow(2, width, width), heads),
            Split(projected.narrow(2, 2L * width, width), heads));
    }

    /// <summary>Keys and values [B, h, kS, Q/h] of an encoder memory [B, kS, d_e].</summary>
    public (Tensor Key, Tensor Value) ProjectMemory(Tensor memory, int heads)
    {
        var projected = qkv.Forward(memory, width, 2L * width);                        // [B, kS, 2Q]
        return (Split(projected.narrow(2, 0, width), heads), Split(projected.narrow(2, width, width), heads));
    }

    /// <summary>Queries [B, h, T, Q/h] of x[B, T, d].</summary>
    public Tensor ProjectQuery(Tensor x, int heads) => Split(qkv.Forward(x, 0, width), heads);

    /// <summary>Scaled dot-product attention and output projection: [B, T, dim].</summary>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, long dim)
    {
        var scale = 1 / Math.Sqrt(query.shape[^1]);
        var scores = MatrixProducts.Product(query * scale, key.transpose(2, 3));        // [B, h, T, S]
        if (mask is not null) scores = scores.add_(mask);                                // [B, h, T, S]
        var weights = scores.softmax(-1);                                              // [B, h, T, S]
        if (training) weights = nn.functional.dropout(weights, dropout, training: true);
        var mixed = MatrixProducts.Product(weights, value);                             // [B, h, T, Q/h]
        var joined = mixed.transpose(1, 2).reshape(mixed.shape[0], mixed.shape[2], width); // [B, T, Q]
        return output.Forward(joined, dim);                                            // [B, T, dim]
    }

    /// <summary>Views of what self-attention of width <paramref name="dim"/> uses, by name.</summary>
    public IEnumerable<(string Name, Tensor View)> SelfSlices(long dim) =>
        [.. qkv.Named("qkv", 0, 3L * width, dim), .. output.Named("output", 0, dim, width)];               // [3Q, d], [d, Q]

    /// <summary>Views of what attention of width <paramref name="dim"/> to a memory of width <paramref name="memoryDim"/> uses, by name.</summary>
    public IEnumerable<(string Name, Tensor View)> CrossSlices(long dim, long memoryDim) =>
    [
        .. qkv.Named("query", 0, width, dim),                                          // [Q, d]
        .. qkv.Named("memory", width, 2L * width, memoryDim),                          // [2Q, d_e]
        .. output.Named("output", 0, dim, width),                                      // [d, Q]
    ];

    // [B, T, Q] to [B, h, T, Q/h]
    private Tensor Split(Tensor x, int heads) => x.reshape(x.shape[0], x.shape[1], heads, width / heads).transpose(1, 2);
}
