namespace HsNas.Spaces;

/// <summary>
/// Closed-form FLOPs and parameters of a subtransformer (docs/method.md, "Cost model"), exact for every TFS-Eval record. It counts what
/// torchprofile counts: matrix products, element-wise products (the traced shape arithmetic among them: one per side for
/// position ids, three per attention) and affine layer norms; not biases, residuals, softmax, ReLU, lookups or masks.
/// Head counts do not matter. Immutable; safe for concurrent use.
/// </summary>
public sealed class CostModel
{
    private const int TracedProductsPerAttention = 3;

    private readonly long _source;
    private readonly long _target;
    private readonly long _qkv;
    private readonly long _vocabulary;

    /// <summary>A model of <paramref name="space"/> for one sentence pair and vocabulary.</summary>
    /// <param name="space">Supplies the QKV width.</param>
    /// <param name="sourceLength">Source tokens S.</param>
    /// <param name="targetLength">Target tokens T.</param>
    /// <param name="vocabularySize">Vocabulary V.</param>
    public CostModel(SearchSpace space, int sourceLength, int targetLength, int vocabularySize)
    {
        _source = sourceLength;
        _target = targetLength;
        _qkv = space.QkvDim;
        _vocabulary = vocabularySize;
    }

    /// <summary>The model of <paramref name="task"/>.</summary>
    public static CostModel For(TaskDefinition task) =>
        new(task.Space, task.ProfileSourceLength, task.ProfileTargetLength, task.VocabularySize);

    /// <summary>The cost of <paramref name="architecture"/>, which need not lie in the space; no allocation.</summary>
    public Cost Evaluate(Architecture architecture) => Evaluate(
        architecture.EncoderEmbedDim,
        architecture.EncoderFfnDims.AsSpan(),
        architecture.DecoderEmbedDim,
        architecture.DecoderFfnDims.AsSpan(),
        architecture.DecoderArbitrary.AsSpan());

    private Cost Evaluate(
        long encoderDim, ReadOnlySpan<int> encoderFfn, long decoderDim, ReadOnlySpan<int> decoderFfn, ReadOnlySpan<int> arbitrary)
    {
        long s = _source, t = _target, q = _qkv;
        long encoders = encoderFfn.Length, decoders = decoderFfn.Length;
        long encoderFfnSum = Sum(encoderFfn), decoderFfnSum = Sum(decoderFfn);
        long attended = 0;
        foreach (var value in arbitrary)
        {
            attended += Architecture.AttendedLayers(value);
        }

        // Sums over layers are linear in depth, sum of widths and sum of attended layers, so no per-layer term is left.
        var encoderMacs =
            (encoders * ((4 * s * encoderDim * q) + (2 * s * s * q) + (2 * s * encoderDim) + (s * q) + TracedProductsPerAttention))
            + (2 * s * encoderDim * encoderFfnSum);
        var decoderLayerMacs =
            (6 * t * decoderDim * q) + (2 * t * t * q) + (3 * t * decoderDim) + (2 * t * q) + (2 * TracedProductsPerAttention);
        var decoderMacs = (decoders * decoderLayerMacs)
            + (attended * ((2 * s * encoderDim * q) + (2 * t * s * q)))
            + (2 * t * decoderDim * decoderFfnSum);
        var embeddingMacs = (s * encoderDim) + (t * decoderDim) + s + t;
        var lastLayerMacs = t * decoderDim * _vocabulary;

        var encoderParameters = (encoders * ((4 * encoderDim * q) + (3 * q) + (6 * encoderDim))) + (((2 * encoderDim) + 1) * encoderFfnSum);
        var decoderParameters = (decoders * ((6 * decoderDim * q) + (2 * encoderDim * q) + (6 * q) + (9 * decoderDim)))
            + (((2 * decoderDim) + 1) * decoderFfnSum);

        return new Cost(
            2 * (embeddingMacs + encoderMacs + decoderMacs + lastLayerMacs),
            2 * lastLayerMacs,
            encoderParameters + decoderParameters,
            decoderDim * _vocabulary);
    }

    private static long Sum(ReadOnlySpan<int> values)
    {
        long sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum;
    }
}
