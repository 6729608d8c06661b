using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.InteropServices;
using HsNas.Kernel.Validation;

namespace HsNas.Spaces;

/// <summary>A gene or an architecture holds a value that its search space does not offer.</summary>
public sealed class GeneException(string field, string value, string allowed)
    : InvalidInputException("gene", field, value, allowed);

/// <summary>
/// Translates between genes (every slot filled, so not canonical) and architectures (active slots only). Decoding an
/// encoded architecture gives it back; encoding a decoded gene gives the gene with its inactive slots normalised.
/// </summary>
public sealed class GeneCodec
{
    private readonly HashSet<int>[] _allowed;

    /// <summary>A codec for <paramref name="space"/>; safe for concurrent use.</summary>
    public GeneCodec(SearchSpace space)
    {
        Space = space;
        Layout = new GeneLayout(space);
        _allowed = [.. Layout.Choices.Select(c => c.ToHashSet())];
    }

    /// <summary>The space.</summary>
    public SearchSpace Space { get; }

    /// <summary>The positions.</summary>
    public GeneLayout Layout { get; }

    /// <summary>The architecture with the least of every choice.</summary>
    public Architecture Smallest => Decode([.. Layout.Choices.Select(c => c.Min())]);

    /// <summary>The architecture with the most of every choice.</summary>
    public Architecture Largest => Decode([.. Layout.Choices.Select(c => c.Max())]);

    /// <summary>The architecture a gene denotes; values beyond the sampled depths are dropped. Does not validate values.</summary>
    /// <exception cref="GeneException">The gene's length, or a depth in it, does not belong to the space.</exception>
    public Architecture Decode(ReadOnlySpan<int> gene)
    {
        CheckShape(gene);
        var encoderLayers = gene[GeneLayout.EncoderLayers];
        var decoderLayers = gene[Layout.DecoderLayers];
        return new Architecture
        {
            EncoderEmbedDim = gene[GeneLayout.EncoderEmbedDim],
            EncoderFfnDims = Copy(gene, GeneLayout.EncoderFfn, encoderLayers),
            EncoderHeads = Copy(gene, Layout.EncoderHeads, encoderLayers),
            DecoderEmbedDim = gene[Layout.DecoderEmbedDim],
            DecoderFfnDims = Copy(gene, Layout.DecoderFfn, decoderLayers),
            DecoderSelfHeads = Copy(gene, Layout.DecoderSelfHeads, decoderLayers),
            DecoderCrossHeads = Copy(gene, Layout.DecoderCrossHeads, decoderLayers),
            DecoderArbitrary = Copy(gene, Layout.DecoderArbitrary, decoderLayers),
        };
    }

    /// <summary>The canonical gene: slots beyond the depth repeat the value of layer 0 (docs/method.md, "Search space").</summary>
    /// <exception cref="GeneException">The architecture lies outside the space.</exception>
    public int[] Encode(Architecture architecture)
    {
        Validate(architecture);
        var gene = new int[Layout.Length];
        gene[GeneLayout.EncoderEmbedDim] = architecture.EncoderEmbedDim;
        gene[GeneLayout.EncoderLayers] = architecture.EncoderLayers;
        gene[Layout.DecoderEmbedDim] = architecture.DecoderEmbedDim;
        gene[Layout.DecoderLayers] = architecture.DecoderLayers;
        foreach (var (start, values, slots) in Blocks(architecture))
        {
            for (var i = 0; i < slots; i++)
            {
                gene[start + i] = values[i < values.Length ? i : 0];
            }
        }

        return gene;
    }

    /// <summary>Rewrites the inactive slots of <paramref name="gene"/> in place, so that equal architectures have equal genes.</summary>
    /// <exception cref="GeneException">The gene's length, or a depth in it, does not belong to the space.</exception>
    public void Canonicalise(Span<int> gene)
    {
        CheckShape(gene);
        var encoderLayers = gene[GeneLayout.EncoderLayers];
        var decoderLayers = gene[Layout.DecoderLayers];
        Pad(gene.Slice(GeneLayout.EncoderFfn, Layout.EncoderSlots), encoderLayers);
        Pad(gene.Slice(Layout.EncoderHeads, Layout.EncoderSlots), encoderLayers);
        for (var start = Layout.DecoderFfn; start < Layout.Length; start += Layout.DecoderSlots)
        {
            Pad(gene.Slice(start, Layout.DecoderSlots), decoderLayers);
        }
    }

    /// <summary>Checks length and every position, inactive ones included.</summary>
    /// <exception cref="GeneException">Names the position, its value and the choices.</exception>
    public void Validate(ReadOnlySpan<int> gene)
    {
        CheckShape(gene);
        for (var i = 0; i < gene.Length; i++)
        {
            if (!_allowed[i].Contains(gene[i]))
            {
                throw Outside($"{Layout.Names[i]} (position {i})", gene[i], Layout.Choices[i]);
            }
        }
    }

    /// <summary>Checks depths, list lengths and every active value.</summary>
    /// <exception cref="GeneException">Names the hyperparameter, its value and the choices.</exception>
    public void Validate(Architecture architecture)
    {
        Demand("encoder-embed-dim", architecture.EncoderEmbedDim, Space.EncoderEmbedDims);
        Demand("encoder-layer-num", architecture.EncoderLayers, Space.EncoderLayers);
        Demand("decoder-embed-dim", architecture.DecoderEmbedDim, Space.DecoderEmbedDims);
        Demand("decoder-layer-num", architecture.DecoderLayers, Space.DecoderLayers);
        foreach (var (start, values, slots) in Blocks(architecture))
        {
            var depth = start < Layout.DecoderEmbedDim ? architecture.EncoderLayers : architecture.DecoderLayers;
            var name = Layout.Names[start][..^3];
            if (values.Length != depth)
            {
                throw new GeneException(name, $"a list of {values.Length}", $"one value for each of the {depth} layers");
            }

            for (var i = 0; i < Math.Min(values.Length, slots); i++)
            {
                Demand(Layout.Names[start + i], values[i], Layout.Choices[start + i]);
            }
        }
    }

    private void CheckShape(ReadOnlySpan<int> gene)
    {
        if (gene.Length != Layout.Length)
        {
            throw new GeneException("length", gene.Length.ToString(CultureInfo.InvariantCulture), $"{Layout.Length} integers");
        }

        if (!_allowed[GeneLayout.EncoderLayers].Contains(gene[GeneLayout.EncoderLayers]))
        {
            throw Outside("encoder-layer-num", gene[GeneLayout.EncoderLayers], Space.EncoderLayers);
        }

        if (!_allowed[Layout.DecoderLayers].Contains(gene[Layout.DecoderLayers]))
        {
            throw Outside("decoder-layer-num", gene[Layout.DecoderLayers], Space.DecoderLayers);
        }
    }

    private IEnumerable<(int Start, ImmutableArray<int> Values, int Slots)> Blocks(Architecture architecture)
    {
        yield return (GeneLayout.EncoderFfn, architecture.EncoderFfnDims, Layout.EncoderSlots);
        yield return (Layout.EncoderHeads, architecture.EncoderHeads, Layout.EncoderSlots);
        yield return (Layout.DecoderFfn, architecture.DecoderFfnDims, Layout.DecoderSlots);
        yield return (Layout.DecoderSelfHeads, architecture.DecoderSelfHeads, Layout.DecoderSlots);
        yield return (Layout.DecoderCrossHeads, architecture.DecoderCrossHeads, Layout.DecoderSlots);
        yield return (Layout.DecoderArbitrary, architecture.DecoderArbitrary, Layout.DecoderSlots);
    }

    private static void Demand(string name, int value, ImmutableArray<int> choices)
    {
        if (!choices.Contains(value))
        {
            throw Outside(name, value, choices);
        }
    }

    private static GeneException Outside(string name, int value, ImmutableArray<int> choices) =>
        new(name, value.ToString(CultureInfo.InvariantCulture), $"one of {string.Join(", ", choices)}");

    private static ImmutableArray<int> Copy(ReadOnlySpan<int> gene, int start, int count) =>
        ImmutableCollectionsMarshal.AsImmutableArray(gene.Slice(start, count).ToArray());

    private static void Pad(Span<int> block, int depth) => block[depth..].Fill(block[0]);
}
