using System.Collections.Immutable;
using HsNas.Spaces;

namespace HsNas.Cli.Screens;

/// <summary>An architecture in words.</summary>
internal static class ArchitectureWords
{
    /// <summary>"2 layers of width 64; FFN 128, 256; heads 4, 2".</summary>
    public static string Encoder(Architecture architecture) =>
        $"{Layers(architecture.EncoderLayers)} of width {architecture.EncoderEmbedDim}; FFN {List(architecture.EncoderFfnDims)}; heads {List(architecture.EncoderHeads)}";

    /// <summary>As <see cref="Encoder"/>, with both kinds of heads and the encoder layers attended to.</summary>
    public static string Decoder(Architecture architecture)
    {
        var attended = Enumerable.Range(0, architecture.DecoderLayers).Select(architecture.AttendedEncoderLayers).ToImmutableArray();
        return $"{Layers(architecture.DecoderLayers)} of width {architecture.DecoderEmbedDim}; FFN {List(architecture.DecoderFfnDims)}; "
            + $"heads {List(architecture.DecoderSelfHeads)} self, {List(architecture.DecoderCrossHeads)} cross; last {List(attended)} encoder layers attended";
    }

    private static string Layers(int count) => count == 1 ? "1 layer" : $"{count} layers";

    private static string List(ImmutableArray<int> values) => string.Join(", ", values);
}
