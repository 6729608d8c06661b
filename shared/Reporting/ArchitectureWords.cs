using System.Collections.Immutable;
using HsNas.Spaces;

namespace HsNas.Reporting;

/// <summary>An architecture in words.</summary>
public static class ArchitectureWords
{
    /// <summary>On one line, for sentences: "encoder 2 x 64 (FFN 128/256, heads 4/2), decoder ...".</summary>
    public static string Short(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var (a, attended) = (architecture, architecture.DecoderArbitrary.Select(Architecture.AttendedLayers));
        return $"encoder {a.EncoderLayers} x {a.EncoderEmbedDim} (FFN {Slashed(a.EncoderFfnDims)}, heads {Slashed(a.EncoderHeads)}), "
            + $"decoder {a.DecoderLayers} x {a.DecoderEmbedDim} (FFN {Slashed(a.DecoderFfnDims)}, heads {Slashed(a.DecoderSelfHeads)}, "
            + $"cross heads {Slashed(a.DecoderCrossHeads)}, attends {Slashed(attended)})";
    }

    /// <summary>Depths and widths, for narrow tables: "2 x 64, FFN 128/256; 1 x 48, FFN 64", encoder first.</summary>
    public static string Sizes(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var a = architecture;
        return $"{a.EncoderLayers} x {a.EncoderEmbedDim}, FFN {Slashed(a.EncoderFfnDims)}; "
            + $"{a.DecoderLayers} x {a.DecoderEmbedDim}, FFN {Slashed(a.DecoderFfnDims)}";
    }

    /// <summary>"2 layers of width 64; FFN 128, 256; heads 4, 2".</summary>
    public static string Encoder(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var a = architecture;
        return $"{Layers(a.EncoderLayers)} of width {a.EncoderEmbedDim}; FFN {List(a.EncoderFfnDims)}; heads {List(a.EncoderHeads)}";
    }

    /// <summary>As <see cref="Encoder"/>, with both kinds of heads and the encoder layers attended to.</summary>
    public static string Decoder(Architecture architecture)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        var a = architecture;
        var attended = Enumerable.Range(0, a.DecoderLayers).Select(a.AttendedEncoderLayers).ToImmutableArray();
        return $"{Layers(a.DecoderLayers)} of width {a.DecoderEmbedDim}; FFN {List(a.DecoderFfnDims)}; "
            + $"heads {List(a.DecoderSelfHeads)} self, {List(a.DecoderCrossHeads)} cross; last {List(attended)} encoder layers attended";
    }

    private static string Layers(int count) => count == 1 ? "1 layer" : $"{count} layers";

    private static string List(ImmutableArray<int> values) => string.Join(", ", values);

    private static string Slashed(IEnumerable<int> values) => string.Join('/', values);
}
