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

    /// <summary>
    /// Teacher-forced pass: x[B, T, d_d], memory[B, kS, d_e], causal[T, T], padding[B, 1, 1, kS], features[1, 10].
    /// Returns [B, T, d_d].
    /// </summary>
    public Tensor Forward(Tensor x, Tensor memory, int selfHeads, int crossHeads, int ffn, Tensor causal, Tensor? padding, Tensor? features)
    {
        x = selfNorm.Forward(x + Drop(selfAttention.Self(x, selfHeads, causal)));                 // [B, T, d_d]
        var (key, value) = crossAttention.ProjectMemory(memory, crossHeads);                      // [B, h, kS, Q/h]
        return AfterSelf(x, key, value, crossHeads, feedForward.Weights(x.shape[2], ffn, features), padding);
    }

    /// <summary>
    /// One position: x[B, 1, d_d], with this layer's keys and values of earlier positions in <paramref name="cache"/>,
    /// which is extended. Returns [B, 1, d_d].
    /// </summary>
    public Tensor Step(Tensor x, LayerCache cache, int selfHeads, int crossHeads, Tensor? padding)
    {
        var (query, key, value) = selfAttention.Project(x, selfHeads);                            // [B, h, 1, Q/h]
        cache.Append(key, value);                                                                 // [B, h, t, Q/h]
        var attended = selfAttention.Attend(query, cache.Key!, cache.Value!, null, x.shape[2]);   // [B, 1, d_d]
        x = selfNorm.Forward(x + attended);
        return AfterSelf(x, cache.MemoryKey, cache.MemoryValue, crossHeads, cache.FeedForward, padding);
    }

    /// <summary>What does not change from position to position: keys and values of the memory [B, kS, d_e], feed-forward weights.</summary>
    public LayerCache StartCache(Tensor memory, int dim, int crossHeads, int ffn, Tensor? features)
    {
        var (key, value) = crossAttention.ProjectMemory(memory, crossHeads);                      // [B, h, kS, Q/h]
        return new LayerCache(key, value, feedForward.Weights(dim, ffn, features));
    }

    /// <summary>What a subtransformer uses of this layer, by name; views where nothing is mixed.</summary>
    public IEnumerable<(string Name, Tensor View)> Slices(int dim, int memoryDim, int ffn, Tensor? features) =>
    [
        .. selfAttention.SelfSlices(dim).Select(s => ("selfAttention." + s.Name, s.View)),
        .. selfNorm.Named("selfNorm", dim),
        .. crossAttention.CrossSlices(dim, memoryDim).Select(s => ("crossAttention." + s.Name, s.View)),
        .. crossNorm.Named("crossNorm", dim),
        .. feedForward.Weights(dim, ffn, features).Named("feedForward"),
        .. feedForwardNorm.Named("feedForwardNorm", dim),
    ];

    private Tensor AfterSelf(Tensor x, Tensor key, Tensor value, int crossHeads, FeedForwardWeights weights, Tensor? padding)
    {
        var query = crossAttention.ProjectQuery(x, crossHeads);                                   // [B, h, T, Q/h]
        var attended = crossAttention.Attend(query, key, value, padding, x.shape[2]);             // [B, T, d_d]
        x = crossNorm.Forward(x + Drop(attended));                                                // [B, T, d_d]
        return feedForwardNorm.Forward(x + Drop(weights.Apply(x)));                               // [B, T, d_d]
    }

    private Tensor Drop(Tensor x) => nn.functional.dropout(x, shape.ScaledDropout((int)x.shape[2]), training);
}
