using HsNas.GpuWorker.Tensors;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>Post-norm decoder layer: self-attention, encoder-decoder attention, feed-forward.</summary>
internal sealed class DecoderLayer : nn.Module
{
    private readonly SlicedAttention selfAttention;
    private readonly SlicedLayerNorm selfNorm;
    private readonly SlicedAttention crossAttention;
    private readonly SlicedLayerNorm crossNorm;
    private readonly FeedForward feedForward;
    private readonly SlicedLayerNorm feedForwardNorm;
    private readonly ModelShape shape;

    public DecoderLayer(ModelShape shape, Mixture? mixture) : base(nameof(DecoderLayer))
    {
        this.shape = shape;
        selfAttention = new SlicedAttention(shape.EmbedDim, shape.QkvDim, shape.AttentionDropout);
        selfNorm = new SlicedLayerNorm(shape.EmbedDim);
        crossAttention = new SlicedAttention(shape.EmbedDim, shape.QkvDim, shape.AttentionDropout);
        crossNorm = new SlicedLayerNorm(shape.EmbedDim);
        feedForward = FeedForward.Create(shape.EmbedDim, shape.DecoderFfnDim, mixture);
        feedForwardNorm = new SlicedLayerNorm(shape.EmbedDim);
        RegisterComponents();
    }

    /// <summary>What a subtransformer uses of this layer; views where nothing is mixed.</summary>
    /// <param name="dim">Decoder width d_d.</param>
    /// <param name="memoryDim">Encoder width d_e.</param>
    /// <param name="ffn">Inner width of the feed-forward block.</param>
    /// <param name="features">[1, 10]; null where nothing is routed.</param>
    public DecoderLayerWeights Weights(long dim, long memoryDim, int ffn, Tensor? features) => new(
        selfAttention.SelfWeights(dim), selfNorm.Slice(dim), crossAttention.CrossWeights(dim, memoryDim), crossNorm.Slice(dim),
        feedForward.Weights(dim, ffn, features), feedForwardNorm.Slice(dim));

    /// <summary>
    /// Teacher-forced pass: x[B, T, d_d], memory[B, kS, d_e], causal[T, T], padding[B, 1, 1, kS]. Returns [B, T, d_d].
    /// </summary>
    public Tensor Forward(
        Tensor x, Tensor memory, DecoderLayerWeights weights, int selfHeads, int crossHeads, Tensor causal, Tensor? padding)
    {
        var attended = selfAttention.Self(x, weights.Self, selfHeads, causal);                        // [B, T, d_d]
        x = weights.SelfNorm.Apply(Dropped(attended).AddInPlace(x));                                  // [B, T, d_d]
        var (key, value) = crossAttention.ProjectMemory(memory, weights.Cross, crossHeads);           // [B, h, kS, Q/h]
        return AfterSelf(x, key, value, weights, crossHeads, padding);
    }

    /// <summary>
    /// One position: x[B, 1, d_d], with this layer's keys and values of earlier positions in <paramref name="cache"/>,
    /// which is extended. Returns [B, 1, d_d].
    /// </summary>
    public Tensor Step(Tensor x, LayerCache cache, int selfHeads, int crossHeads)
    {
        var weights = cache.Weights;
        var (query, key, value) = selfAttention.Project(x, weights.Self, selfHeads);                  // [B, h, 1, Q/h]
        cache.Append(key, value);                                                                     // [B, h, t, Q/h]
        var attended = selfAttention.Attend(query, cache.Key!, cache.Value!, null, weights.Self.Output); // [B, 1, d_d]
        x = weights.SelfNorm.Apply(attended.AddInPlace(x));                                           // [B, 1, d_d]
        return AfterSelf(x, cache.MemoryKey, cache.MemoryValue, weights, crossHeads, cache.MemoryPadding);
    }

    /// <summary>What does not change from position to position, for a memory [B, kS, d_e] with its padding [B, 1, 1, kS].</summary>
    public LayerCache StartCache(Tensor memory, Tensor? padding, DecoderLayerWeights weights, int crossHeads)
    {
        var (key, value) = crossAttention.ProjectMemory(memory, weights.Cross, crossHeads);           // [B, h, kS, Q/h]
        return new LayerCache(weights, key, value, padding);
    }

    private Tensor AfterSelf(Tensor x, Tensor key, Tensor value, DecoderLayerWeights weights, int crossHeads, Tensor? padding)
    {
        var attended = crossAttention.Cross(x, key, value, weights.Cross, crossHeads, padding);       // [B, T, d_d]
        x = weights.CrossNorm.Apply(Dropped(attended).AddInPlace(x));                                 // [B, T, d_d]
        return weights.FeedForwardNorm.Apply(Dropped(weights.FeedForward.Apply(x)).AddInPlace(x));    // [B, T, d_d]
    }

    private Tensor Dropped(Tensor x) => training ? nn.functional.dropout(x, shape.ScaledDropout((int)x.size(2)), training: true) : x;
}

/// <summary>Weights of one decoder layer, cut to one subtransformer once a sentence instead of once a position.</summary>
internal sealed record DecoderLayerWeights(
    SelfAttentionWeights Self, NormWeights SelfNorm, CrossAttentionWeights Cross, NormWeights CrossNorm, FeedForwardWeights FeedForward,
    NormWeights FeedForwardNorm)
{
    /// <summary>The tensors by name.</summary>
    public IEnumerable<(string Name, Tensor View)> Named() =>
    [
        .. Self.Named("selfAttention"), .. SelfNorm.Named("selfNorm"), .. Cross.Named("crossAttention"), .. CrossNorm.Named("crossNorm"),
        .. FeedForward.Named("feedForward"), .. FeedForwardNorm.Named("feedForwardNorm"),
    ];
}
