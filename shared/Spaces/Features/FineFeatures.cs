namespace HsNas.Spaces.Features;

/// <summary>
/// One feature per gene position, 0 in slots beyond the depth (docs/method.md, "Features"): 40 for the WMT spaces. The released
/// encoding is not normalised; a regressor that converges wants <paramref name="normalised"/>, which divides each
/// position by its largest absolute choice.
/// </summary>
/// <param name="space">The space.</param>
/// <param name="normalised">False (the released encoding): all divisors are 1.</param>
public sealed class FineFeatures(SearchSpace space, bool normalised = false) : IFeatureEncoding
{
    private readonly GeneLayout _layout = new(space);
    private readonly float[] _normalisers =
        [.. new GeneLayout(space).Choices.Select(choices => normalised ? choices.Max(Math.Abs) : 1f)];

    /// <inheritdoc/>
    public string Name => "fine";

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _layout.Names;

    /// <inheritdoc/>
    public IReadOnlyList<float> Normalisers => _normalisers;

    /// <inheritdoc/>
    public void Write(Architecture architecture, Span<float> destination)
    {
        destination[.._layout.Length].Clear();
        Put(GeneLayout.EncoderEmbedDim, [architecture.EncoderEmbedDim], destination);
        Put(GeneLayout.EncoderLayers, [architecture.EncoderLayers], destination);
        Put(GeneLayout.EncoderFfn, architecture.EncoderFfnDims.AsSpan(), destination);
        Put(_layout.EncoderHeads, architecture.EncoderHeads.AsSpan(), destination);
        Put(_layout.DecoderEmbedDim, [architecture.DecoderEmbedDim], destination);
        Put(_layout.DecoderLayers, [architecture.DecoderLayers], destination);
        Put(_layout.DecoderFfn, architecture.DecoderFfnDims.AsSpan(), destination);
        Put(_layout.DecoderSelfHeads, architecture.DecoderSelfHeads.AsSpan(), destination);
        Put(_layout.DecoderCrossHeads, architecture.DecoderCrossHeads.AsSpan(), destination);
        Put(_layout.DecoderArbitrary, architecture.DecoderArbitrary.AsSpan(), destination);
    }

    private void Put(int start, ReadOnlySpan<int> values, Span<float> destination)
    {
        for (var i = 0; i < values.Length; i++)
        {
            destination[start + i] = values[i] / _normalisers[start + i];
        }
    }
}
