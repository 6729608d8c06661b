using System.Collections.Immutable;
using FsCheck.Fluent;
using HsNas.Predictors.Prompting;
using HsNas.Shared.Tests.Support;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Properties;

public class GeneProperties
{
    [Fact]
    public void Decoding_and_encoding_gives_the_canonical_gene_which_stays_as_it_is() =>
        Always.Holds(Generators.Codecs.SelectMany(Generators.Genes, (codec, gene) => (codec, gene)), v =>
        {
            var architecture = v.codec.Decode(v.gene);
            var canonical = v.codec.Encode(architecture);
            v.codec.Canonicalise(v.gene);
            return canonical.SequenceEqual(v.gene) && v.codec.Decode(canonical).Equals(architecture)
                && v.codec.Encode(v.codec.Decode(canonical)).SequenceEqual(canonical);
        });

    [Fact]
    public void Keys_are_equal_exactly_where_canonical_genes_are() =>
        Always.Holds(Pairs(), v =>
        {
            var (a, b) = (v.codec.Decode(v.first), v.codec.Decode(v.second));
            return a.Key == b.Key == v.codec.Encode(a).SequenceEqual(v.codec.Encode(b))
                && (a.Key != b.Key || a.GetHashCode() == b.GetHashCode());
        });

    [Fact]
    public void The_ten_lines_of_an_architecture_read_back_as_it() =>
        Always.Holds(Generators.Codecs.SelectMany(Generators.Genes, (codec, gene) => codec.Decode(gene)), architecture =>
        {
            var values = new ImmutableArray<int>[ArchitectureText.Names.Length];
            foreach (var line in ArchitectureText.Lines(architecture))
            {
                if (!ArchitectureText.TryReadLine(line, out var name, out var numbers)) return false;
                values[name] = numbers;
            }

            return architecture.Equals(ArchitectureText.Assemble(values, out _));
        });

    // Two genes that agree but for one slot, which is often an inactive one.
    private static FsCheck.Gen<(GeneCodec codec, int[] first, int[] second)> Pairs() =>
        from codec in Generators.Codecs
        from first in Generators.Genes(codec)
        from other in Generators.Genes(codec)
        from slot in Gen.Choose(0, codec.Layout.Length - 1)
        select (codec, first, first.Select((value, i) => i == slot ? other[i] : value).ToArray());
}
