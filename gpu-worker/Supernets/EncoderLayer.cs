using HsNas.GpuWorker.Tensors;
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
        var dim = x.size(2);
        var attended = attention.Self(x, attention.SelfWeights(dim), heads, padding);                 // [B, S, d_e]
        // HAT leaves this one dropout unscaled. So do we: training matches then (docs/method.md, "Supernet").
        x = attentionNorm.Forward(Dropped(attended, shape.Dropout).AddInPlace(x));                    // [B, S, d_e]
        var transformed = feedForward.Weights(dim, ffn, features).Apply(x);                           // [B, S, d_e]
        return feedForwardNorm.Forward(Dropped(transformed, shape.ScaledDropout((int)dim)).AddInPlace(x)); // [B, S, d_e]
    }

    /// <summary>What a subtransformer uses of this layer, by name; views where nothing is mixed.</summary>
    public IEnumerable<(string Name, Tensor View)> Slices(int dim, int ffn, Tensor? features) =>
    [
        .. attention.SelfWeights(dim).Named("attention"),
        .. attentionNorm.Slice(dim).Named("attentionNorm"),
        .. feedForward.Weights(dim, ffn, features).Named("feedForward"),
        .. feedForwardNorm.Slice(dim).Named("feedForwardNorm"),
    ];

    private Tensor Dropped(Tensor x, double share) => training ? nn.functional.dropout(x, share, training: true) : x;
}
