using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>Post-norm encoder layer: attention, dropout, residual, norm; feed-forward, dropout, residual, norm.</summary>
internal sealed class EncoderLayer : nn.Module
{
    private readonly SlicedAttention attention;
    private readonly SlicedLayerNorm attentionNorm;
    private readonly FeedForward feedForward;
    private readonly SlicedLayerNorm feedForwardNorm;
    private readonly ModelShape shape;

    public EncoderLayer(ModelShape shape, Mixture? mixture) : base(nameof(EncoderLayer))
    {
        this.shape = shape;
        attention = new SlicedAttention(shape.EmbedDim, shape.QkvDim, shape.AttentionDropout);
        attentionNorm = new SlicedLayerNorm(shape.EmbedDim);
        feedForward = FeedForward.Create(shape.EmbedDim, shape.EncoderFfnDim, mixture);
        feedForwardNorm = new SlicedLayerNorm(shape.EmbedDim);
        RegisterComponents();
    }

    /// <summary>
    /// x[B, S, d_e] to [B, S, d_e]; <paramref name="padding"/> [B, 1, 1, S] is 0 or -inf; <paramref name="features"/> [1, 10].
    /// </summary>
    public Tensor Forward(Tensor x, int heads, int ffn, Tensor? padding, Tensor? features)
    {
        // HAT leaves this one dropout unscaled; kept, so that training matches (hsnas-facts E).
        var attended = nn.functional.dropout(attention.Self(x, heads, padding), shape.Dropout, training);   // [B, S, d_e]
        x = attentionNorm.Forward(x + attended);                                                           // [B, S, d_e]
        var transformed = feedForward.Forward(x, ffn, features);                                             // [B, S, d_e]
        transformed = nn.functional.dropout(transformed, shape.ScaledDropout((int)x.shape[2]), training);
        return feedForwardNorm.Forward(x + transformed);                                                   // [B, S, d_e]
    }

    /// <summary>What a subtransformer uses of this layer, by name; views where nothing is mixed.</summary>
    public IEnumerable<(string Name, Tensor View)> Slices(int dim, int ffn, Tensor? features) =>
    [
        .. attention.SelfSlices(dim).Select(s => ("attention." + s.Name, s.View)),
        .. attentionNorm.Named("attentionNorm", dim),
        .. feedForward.Weights(dim, ffn, features).Named("feedForward"),
        .. feedForwardNorm.Named("feedForwardNorm", dim),
    ];
}
