using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Architectures;

public class GeneCodecTests
{
    public static TheoryData<string> TaskNames => [.. TaskCatalog.BuiltIn.Select(t => t.Name)];

    [Theory]
    [InlineData("wmt14-en-de", 1_000_000)]
    [InlineData("tiny-en-de", 100_000)]
    public void Decoding_then_encoding_gives_the_canonical_gene(string task, int genes)
    {
        var sampler = new ArchitectureSampler(TaskCatalog.Get(task).Space, seed: 7);
        var codec = sampler.Codec;
        var gene = new int[codec.Layout.Length];
        for (var i = 0; i < genes; i++)
        {
            sampler.Next(gene);
            var encoded = codec.Encode(codec.Decode(gene));
            codec.Canonicalise(gene);
            Assert.True(gene.AsSpan().SequenceEqual(encoded), $"gene {i}: [{string.Join(", ", gene)}]");
        }
    }

    [Theory]
    [MemberData(nameof(TaskNames))]
    public void Keys_are_equal_exactly_when_the_architectures_are(string task)
    {
        var sampler = new ArchitectureSampler(TaskCatalog.Get(task).Space, seed: 3);
        var layout = sampler.Codec.Layout;
        for (var i = 0; i < 2000; i++)
        {
            var gene = sampler.NextGene();
            var position = i % gene.Length;
            var other = gene.ToArray();
            other[position] = layout.Choices[position].FirstOrDefault(c => c != gene[position], gene[position]);
            var same = sampler.Codec.Encode(sampler.Codec.Decode(gene)).SequenceEqual(sampler.Codec.Encode(sampler.Codec.Decode(other)));
            Assert.Equal(same, sampler.Codec.Decode(gene).Key == sampler.Codec.Decode(other).Key);
        }
    }

    [Fact]
    public void The_wmt_layout_is_the_published_one()
    {
        var layout = new GeneLayout(Samples.Wmt.Space);
        Assert.Equal(40, layout.Length);
        Assert.Equal((8, 14, 15, 16, 22, 28, 34),
            (layout.EncoderHeads, layout.DecoderEmbedDim, layout.DecoderLayers, layout.DecoderFfn, layout.DecoderSelfHeads,
            layout.DecoderCrossHeads, layout.DecoderArbitrary));
    }

    [Fact]
    public void A_gene_outside_the_space_is_named()
    {
        var codec = new GeneCodec(Samples.Wmt.Space);
        var gene = new ArchitectureSampler(Samples.Wmt.Space, 1).NextGene();
        gene[9] = 5;
        var error = Assert.Throws<GeneException>(() => codec.Validate(gene));
        Assert.Contains("encoder-self-attention-heads[1] (position 9) is 5; expected one of 8, 4", error.Message, StringComparison.Ordinal);
        Assert.Throws<GeneException>(() => codec.Decode(new int[39]));
        gene[9] = 4;
        gene[15] = 7;
        Assert.Contains("decoder-layer-num is 7", Assert.Throws<GeneException>(() => codec.Decode(gene)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_architecture_with_lists_of_the_wrong_length_is_named()
    {
        var codec = new GeneCodec(Samples.Wmt.Space);
        var architecture = new ArchitectureSampler(Samples.Wmt.Space, 1).Next();
        var broken = architecture with { DecoderCrossHeads = architecture.DecoderCrossHeads.Add(4) };
        Assert.Contains("decoder-ende-attention-heads", Assert.Throws<GeneException>(() => codec.Encode(broken)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_wmt_space_has_the_published_size()
    {
        var counts = SearchSpaceCounts.Of(Samples.Wmt.Space);
        Assert.Equal(417_846_678_672_384, counts.Architectures);
        Assert.Equal(2_437_438_960_041_984, counts.Genes);
    }

    [Fact]
    public void Counting_agrees_with_enumeration_of_a_small_space()
    {
        var space = Samples.Tiny.Space with { EncoderFfnDims = [64], DecoderFfnDims = [64, 128], DecoderLayers = [2, 1],
            EncoderHeads = [2] };
        var keys = new HashSet<string>();
        var layout = new GeneLayout(space);
        var codec = new GeneCodec(space);
        var gene = new int[layout.Length];
        Enumerate(0);
        Assert.Equal(SearchSpaceCounts.Of(space).Architectures, keys.Count);

        void Enumerate(int position)
        {
            if (position == gene.Length)
            {
                keys.Add(codec.Decode(gene).Key);
                return;
            }

            foreach (var choice in layout.Choices[position])
            {
                gene[position] = choice;
                Enumerate(position + 1);
            }
        }
    }

    [Fact]
    public void Sampling_is_uniform_over_every_position_and_repeatable()
    {
        var sampler = new ArchitectureSampler(Samples.Wmt.Space, seed: 11);
        var again = new ArchitectureSampler(Samples.Wmt.Space, seed: 11);
        var depths = new int[7];
        for (var i = 0; i < 60_000; i++)
        {
            var gene = sampler.NextGene();
            Assert.Equal(gene, again.NextGene());
            depths[gene[15]]++;
        }

        Assert.All(depths.Skip(1), count => Assert.InRange(count, 9_500, 10_500));
    }

    [Fact]
    public void Asking_for_more_distinct_architectures_than_exist_fails_with_the_size_of_the_space()
    {
        var space = Samples.Tiny.Space with
        {
            EncoderFfnDims = [64], DecoderFfnDims = [64], DecoderLayers = [1], EncoderHeads = [2], DecoderSelfHeads = [2],
                DecoderCrossHeads = [2], DecoderArbitrary = [-1],
        };
        Assert.Equal(4, new ArchitectureSampler(space, 1).Distinct(4).Count);
        var error = Assert.Throws<InvalidOperationException>(() => new ArchitectureSampler(space, 1).Distinct(5));
        Assert.Contains("the space holds 4", error.Message, StringComparison.Ordinal);
    }
}
