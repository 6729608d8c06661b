namespace HsNas.Spaces.Features;

/// <summary>What the raw arbitrary-attention values -1, 1 and 2 count as (docs/method.md, "Features").</summary>
public enum ArbitraryCoding
{
    /// <summary>Attended encoder layers: 1, 2, 3.</summary>
    AttendedLayers,

    /// <summary>Raw value plus one: 0, 2, 3.</summary>
    RawPlusOne,
}

/// <summary>The ten aggregates before normalisation: widths, depths and means over active layers.</summary>
public static class AggregateMeans
{
    /// <summary>Writes ten numbers for <paramref name="architecture"/>.</summary>
    public static void Write(Architecture architecture, ArbitraryCoding coding, Span<float> destination) => Write(
        architecture.EncoderEmbedDim,
        architecture.EncoderFfnDims.AsSpan(),
        architecture.EncoderHeads.AsSpan(),
        architecture.DecoderEmbedDim,
        architecture.DecoderFfnDims.AsSpan(),
        architecture.DecoderSelfHeads.AsSpan(),
        architecture.DecoderCrossHeads.AsSpan(),
        architecture.DecoderArbitrary.AsSpan(),
        coding,
        destination);

    /// <summary>Writes ten numbers for the architecture that <paramref name="gene"/> denotes.</summary>
    public static void Write(ReadOnlySpan<int> gene, GeneLayout layout, ArbitraryCoding coding, Span<float> destination)
    {
        var encoders = gene[GeneLayout.EncoderLayers];
        var decoders = gene[layout.DecoderLayers];
        Write(
            gene[GeneLayout.EncoderEmbedDim],
            gene.Slice(GeneLayout.EncoderFfn, encoders),
            gene.Slice(layout.EncoderHeads, encoders),
            gene[layout.DecoderEmbedDim],
            gene.Slice(layout.DecoderFfn, decoders),
            gene.Slice(layout.DecoderSelfHeads, decoders),
            gene.Slice(layout.DecoderCrossHeads, decoders),
            gene.Slice(layout.DecoderArbitrary, decoders),
            coding,
            destination);
    }

    private static void Write(
        int encoderDim,
        ReadOnlySpan<int> encoderFfn,
        ReadOnlySpan<int> encoderHeads,
        int decoderDim,
        ReadOnlySpan<int> decoderFfn,
        ReadOnlySpan<int> selfHeads,
        ReadOnlySpan<int> crossHeads,
        ReadOnlySpan<int> arbitrary,
        ArbitraryCoding coding,
        Span<float> destination)
    {
        destination[9] = MeanArbitrary(arbitrary, coding);
        destination[8] = Mean(crossHeads);
        destination[7] = Mean(selfHeads);
        destination[6] = Mean(decoderFfn);
        destination[5] = decoderFfn.Length;
        destination[4] = decoderDim;
        destination[3] = Mean(encoderHeads);
        destination[2] = Mean(encoderFfn);
        destination[1] = encoderFfn.Length;
        destination[0] = encoderDim;
    }

    private static float MeanArbitrary(ReadOnlySpan<int> values, ArbitraryCoding coding)
    {
        var sum = 0;
        foreach (var value in values)
        {
            sum += coding == ArbitraryCoding.RawPlusOne ? value + 1 : Architecture.AttendedLayers(value);
        }

        return (float)sum / values.Length;
    }

    private static float Mean(ReadOnlySpan<int> values)
    {
        var sum = 0;
        foreach (var value in values)
        {
            sum += value;
        }

        return (float)sum / values.Length;
    }
}
