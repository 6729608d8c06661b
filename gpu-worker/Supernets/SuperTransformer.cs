using HsNas.GpuWorker.Tensors;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Spaces.Features;
using HsNas.Translation;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// HAT's SuperTransformer (docs/method.md, "Supernet"): a post-norm encoder-decoder Transformer. Every subtransformer is a
/// prefix of its tensors. One table is source embedding, target embedding and output projection. No final layer norms.
/// </summary>
/// <remarks>A fixed architecture "from scratch" is this same model with one architecture always chosen.</remarks>
internal sealed class SuperTransformer : nn.Module
{
    /// <summary>Name of the table's columns that only an encoder wider than the decoder reads; see <see cref="Slices"/>.</summary>
    public const string EncoderOnlyColumns = "embedding.encoderOnly";

    private readonly Parameter embedding;                 // [V, maxDim]
    private readonly ModuleList<EncoderLayer> encoder;
    private readonly ModuleList<DecoderLayer> decoder;
    private readonly Mixture? mixture;
    private Tensor positions;                             // [MaxLength, maxDim]

    public SuperTransformer(ModelShape shape, Mixture? mixture = null) : base(nameof(SuperTransformer))
    {
        (Shape, this.mixture) = (shape, mixture);
        var table = nn.init.normal_(empty(shape.Vocabulary, shape.EmbedDim), 0, 1 / Math.Sqrt(shape.EmbedDim));
        using (no_grad()) table[BytePairVocabulary.Padding] = zeros(shape.EmbedDim);
        embedding = nn.Parameter(table);
        encoder = new ModuleList<EncoderLayer>([.. Enumerable.Range(0, shape.EncoderLayers).Select(_ => new EncoderLayer(shape, mixture))]);
        decoder = new ModuleList<DecoderLayer>([.. Enumerable.Range(0, shape.DecoderLayers).Select(_ => new DecoderLayer(shape, mixture))]);
        positions = SinusoidalPositions.Table(MaxLength, shape.EmbedDim);
        RegisterComponents();
    }

    /// <summary>Largest dimensions.</summary>
    public ModelShape Shape { get; }

    /// <summary>Longest sentence, end mark included, that has positions.</summary>
    public static int MaxLength => PositionTable.MaxLength;

    /// <summary>
    /// Names what the encoder's output depends on: candidates of one family share it. Routers see the whole architecture, so
    /// a mixture's encoder is shared by nobody.
    /// </summary>
    public string EncoderFamily(Architecture architecture) => mixture is null ? architecture.EncoderKey : architecture.Key;

    /// <summary>
    /// Encodes source ids [B, S] (padded on the right, each sentence ends with the end mark). Without padding no mask is
    /// added to attention scores: <paramref name="padded"/> says whether there is any, so that no device has to be asked.
    /// </summary>
    public EncoderOutput Encode(Architecture architecture, Tensor source, bool padded)
    {
        var padding = padded ? PaddingMask(source) : null;                                    // [B, 1, 1, S]
        var x = Embed(source, architecture.EncoderEmbedDim, 0);                               // [B, S, d_e]
        var features = RouterInput(architecture);                                             // [1, 10]
        var layers = new List<Tensor>(architecture.EncoderLayers);
        for (var i = 0; i < architecture.EncoderLayers; i++)
        {
            // Memory that a layer leaves is given back at once: it is still in the processor's cache and serves the next layer.
            using var scope = NewDisposeScope();
            x = encoder[i].Forward(x, architecture.EncoderHeads[i], architecture.EncoderFfnDims[i], padding, features)
                .MoveToOuterDisposeScope();
            layers.Add(x);
        }

        return new EncoderOutput(layers, padding);
    }

    /// <summary>Teacher-forced decoder features [B, T, d_d] for inputs [B, T] that start with the end mark.</summary>
    public Tensor Decode(Architecture architecture, EncoderOutput encoded, Tensor target)
    {
        var length = target.shape[1];
        var x = Embed(target, architecture.DecoderEmbedDim, 0);                               // [B, T, d_d]
        var causal = NumberOperations.Filled([length, length], float.NegativeInfinity, like: x).triu(1); // [T, T]
        var features = RouterInput(architecture);                                             // [1, 10]
        for (var j = 0; j < architecture.DecoderLayers; j++)
        {
            using var scope = NewDisposeScope();
            var k = architecture.AttendedEncoderLayers(j);
            x = decoder[j].Forward(x, encoded.Memory(k), DecoderWeights(architecture, j, features), architecture.DecoderSelfHeads[j],
                architecture.DecoderCrossHeads[j], causal, encoded.MemoryPadding(k)).MoveToOuterDisposeScope();
        }

        return x;
    }

    /// <summary>Unnormalised log-probabilities [..., V] of features [..., d_d]: the first d_d columns of the table, no bias.</summary>
    public Tensor Logits(Tensor features) => MatrixProducts.Linear(features, embedding.narrow(1, 0, features.shape[^1]));

    /// <summary>Caches for incremental decoding of an encoded batch, one a decoder layer.</summary>
    public IReadOnlyList<LayerCache> StartCache(Architecture architecture, EncoderOutput encoded)
    {
        var features = RouterInput(architecture);                                             // [1, 10]
        return [.. Enumerable.Range(0, architecture.DecoderLayers).Select(Start)];

        LayerCache Start(int j)
        {
            var k = architecture.AttendedEncoderLayers(j);
            // A copy, because each cache owns its padding and disposes it when rows go.
            var padding = k == 1 ? encoded.Padding?.clone() : encoded.MemoryPadding(k);           // [B, 1, 1, kS]
            return decoder[j]
                .StartCache(encoded.Memory(k), padding, DecoderWeights(architecture, j, features), architecture.DecoderCrossHeads[j]);
        }
    }

    /// <summary>Features [B, 1, d_d] of position <paramref name="position"/> for its input ids [B, 1]; the caches grow by one.</summary>
    public Tensor Step(Architecture architecture, IReadOnlyList<LayerCache> caches, Tensor token, int position)
    {
        var x = Embed(token, architecture.DecoderEmbedDim, position);                         // [B, 1, d_d]
        for (var j = 0; j < architecture.DecoderLayers; j++)
            x = decoder[j].Step(x, caches[j], architecture.DecoderSelfHeads[j], architecture.DecoderCrossHeads[j]);

        return x;
    }

    /// <summary>
    /// Everything a subtransformer uses, by name. In a plain supernet these are views: reading them exports the
    /// subtransformer, writing them imports it. A mixture's feed-forward tensors are mixed, and can only be read.
    /// </summary>
    /// <remarks>
    /// <c>embedding</c> [V, d_d] is the table as the cost model counts it. An encoder wider than the decoder reads further columns
    /// of the same table: <c>embedding.encoderOnly</c> [V, d_e - d_d].
    /// </remarks>
    public IEnumerable<(string Name, Tensor View)> Slices(Architecture architecture)
    {
        int de = architecture.EncoderEmbedDim, dd = architecture.DecoderEmbedDim;
        var features = RouterInput(architecture);                                             // [1, 10]
        yield return ("embedding", embedding.narrow(1, 0, dd));
        if (de > dd) yield return (EncoderOnlyColumns, embedding.narrow(1, dd, de - dd));
        for (var i = 0; i < architecture.EncoderLayers; i++)
            foreach (var (name, view) in encoder[i].Slices(de, architecture.EncoderFfnDims[i], features))
                yield return ($"encoder.{i}.{name}", view);
        for (var j = 0; j < architecture.DecoderLayers; j++)
            foreach (var (name, view) in DecoderWeights(architecture, j, features).Named()) yield return ($"decoder.{j}.{name}", view);
    }

    // [1, 10]; null where nothing is routed.
    private Tensor? RouterInput(Architecture architecture)
    {
        if (mixture is null) return null;
        var values = new float[AggregateFeatures.FeatureCount];
        mixture.Features.Write(architecture, values);
        return tensor(values, new long[] { 1, values.Length }).to(embedding);
    }

    private DecoderLayerWeights DecoderWeights(Architecture architecture, int layer, Tensor? features) => decoder[layer].Weights(
        architecture.DecoderEmbedDim, architecture.EncoderEmbedDim, architecture.DecoderFfnDims[layer], features);

    private Tensor Embed(Tensor tokens, int dim, int firstPosition)
    {
        long batch = tokens.size(0), length = tokens.size(1);
        var rows = embedding.narrow(1, 0, dim).index_select(0, tokens.reshape(-1));           // [B*T, d]
        var x = rows.view(batch, length, dim).Times(Math.Sqrt(dim));                             // [B, T, d]
        x = x.AddInPlace(positions.narrow(0, firstPosition, length).narrow(1, 0, dim));       // [B, T, d]
        return training ? nn.functional.dropout(x, Shape.ScaledDropout(dim), training: true) : x;
    }

    // [B, S] to [B, 1, 1, S]: -inf where padded. It has the type of the weights: fused attention misreads a mask of another type.
    private Tensor PaddingMask(Tensor source)
    {
        var padded = source.Is(BytePairVocabulary.Padding);                                   // [B, S]
        var mask = zeros(source.shape, embedding.dtype, source.device).WithMinusInfinityAt(padded);
        return mask.view(source.shape[0], 1, 1, source.shape[1]);
    }
}
