using HsNas.GpuWorker.Tensors;
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

    /// <summary>What self-attention of width <paramref name="dim"/> uses; views.</summary>
    public SelfAttentionWeights SelfWeights(long dim) => new(qkv.Slice(0, 3L * width, dim), output.Slice(0, dim, width));

    /// <summary>What attention of width <paramref name="dim"/> to a memory of width <paramref name="memoryDim"/> uses; views.</summary>
    public CrossAttentionWeights CrossWeights(long dim, long memoryDim) =>
        new(qkv.Slice(0, width, dim), qkv.Slice(width, 2L * width, memoryDim), output.Slice(0, dim, width));

    /// <summary>Self-attention of x[B, T, d]; <paramref name="mask"/> is added to the scores [B, h, T, T]. Returns [B, T, d].</summary>
    public Tensor Self(Tensor x, SelfAttentionWeights weights, int heads, Tensor? mask)
    {
        var (query, key, value) = Project(x, weights, heads);                          // [B, h, T, Q/h] each
        return Attend(query, key, value, mask, weights.Output);
    }

    /// <summary>Queries, keys and values [B, h, T, Q/h] of self-attention for x[B, T, d].</summary>
    public (Tensor Query, Tensor Key, Tensor Value) Project(Tensor x, SelfAttentionWeights weights, int heads)
    {
        var parts = Split(weights.Qkv.Apply(x), 3, heads);                             // [B, T, 3, h, Q/h]
        return (Part(parts, 0), Part(parts, 1), Part(parts, 2));
    }

    /// <summary>Keys and values [B, h, kS, Q/h] of an encoder memory [B, kS, d_e].</summary>
    public (Tensor Key, Tensor Value) ProjectMemory(Tensor memory, CrossAttentionWeights weights, int heads)
    {
        var parts = Split(weights.Memory.Apply(memory), 2, heads);                     // [B, kS, 2, h, Q/h]
        return (Part(parts, 0), Part(parts, 1));
    }

    /// <summary>
    /// Attention of x[B, T, d] to keys and values [B, h, kS, Q/h]; <paramref name="mask"/> is added
    /// to the scores. Returns [B, T, d].
    /// </summary>
    public Tensor Cross(Tensor x, Tensor key, Tensor value, CrossAttentionWeights weights, int heads, Tensor? mask)
    {
        var query = Part(Split(weights.Query.Apply(x), 1, heads), 0);                  // [B, h, T, Q/h]
        return Attend(query, key, value, mask, weights.Output);
    }

    /// <summary>Scaled dot-product attention and output projection: [B, T, d].</summary>
    public Tensor Attend(Tensor query, Tensor key, Tensor value, Tensor? mask, LinearWeights outputWeights)
    {
        // Fused attention never shows its scores. On a processor it cannot drop some of them out, nor compute 16-bit products.
        var mixed = training || MatrixProducts.Reduced
            ? Explicit(query, key, value, mask)
            : nn.functional.scaled_dot_product_attention(query, key, value, mask);     // [B, h, T, Q/h]
        var joined = mixed.transpose(1, 2).reshape(mixed.size(0), mixed.size(2), width); // [B, T, Q]
        return outputWeights.Apply(joined);                                            // [B, T, d]
    }

    private Tensor Explicit(Tensor query, Tensor key, Tensor value, Tensor? mask)
    {
        var scale = 1 / Math.Sqrt(query.size(3));
        var scores = MatrixProducts.Product(query.Times(scale), key.transpose(2, 3));  // [B, h, T, S]
        if (mask is not null) scores = scores.AddInPlace(mask);                        // [B, h, T, S]
        var shares = scores.softmax(-1);                                               // [B, h, T, S]
        if (training) shares = nn.functional.dropout(shares, dropout, training: true);
        return MatrixProducts.Product(shares, value);                                  // [B, h, T, Q/h]
    }

    // [B, T, n * Q] to [B, T, n, h, Q/h]
    private Tensor Split(Tensor x, long parts, int heads) => x.view(x.size(0), x.size(1), parts, heads, width / heads);

    // [B, T, n, h, Q/h] to [B, h, T, Q/h]
    private static Tensor Part(Tensor parts, long index) => parts.select(2, index).transpose(1, 2);
}

/// <summary>Weights of self-attention, cut to one subtransformer.</summary>
/// <param name="Qkv">[3Q, d]: queries, keys, values.</param>
/// <param name="Output">[d, Q]</param>
internal sealed record SelfAttentionWeights(LinearWeights Qkv, LinearWeights Output)
{
    /// <summary>The tensors by name.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name) => [.. Qkv.Named(name + ".qkv"), .. Output.Named(name + ".output")];
}

/// <summary>Weights of attention to an encoder memory, cut to one subtransformer.</summary>
/// <param name="Query">[Q, d_d]</param>
/// <param name="Memory">[2Q, d_e]: keys, values.</param>
/// <param name="Output">[d_d, Q]</param>
internal sealed record CrossAttentionWeights(LinearWeights Query, LinearWeights Memory, LinearWeights Output)
{
    /// <summary>The tensors by name.</summary>
    public IEnumerable<(string Name, Tensor View)> Named(string name) =>
        [.. Query.Named(name + ".query"), .. Memory.Named(name + ".memory"), .. Output.Named(name + ".output")];
}
