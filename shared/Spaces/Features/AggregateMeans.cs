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
    public static void Write(Architecture architecture, ArbitraryCoding coding, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        destination[9] = MeanArbitrary(architecture.DecoderArbitrary.AsSpan(), coding);
        destination[8] = Mean(architecture.DecoderCrossHeads.AsSpan());
        destination[7] = Mean(architecture.DecoderSelfHeads.AsSpan());
        destination[6] = Mean(architecture.DecoderFfnDims.AsSpan());
        destination[5] = architecture.DecoderLayers;
        destination[4] = architecture.DecoderEmbedDim;
        destination[3] = Mean(architecture.EncoderHeads.AsSpan());
        destination[2] = Mean(architecture.EncoderFfnDims.AsSpan());
        destination[1] = architecture.EncoderLayers;
        destination[0] = architecture.EncoderEmbedDim;
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
