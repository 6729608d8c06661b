using FsCheck;
using FsCheck.Fluent;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Support;

/// <summary>What properties are tried on.</summary>
internal static class Generators
{
    /// <summary>Codecs of the built-in tasks.</summary>
    public static Gen<GeneCodec> Codecs { get; } = Gen.Elements(TaskCatalog.BuiltIn.Select(t => new GeneCodec(t.Space)).ToArray());

    /// <summary>Text of letters, marks, numbers, symbols, pairs of surrogates and all sorts of white space.</summary>
    public static Gen<string> Texts { get; } =
        Gen.Elements("a", "b", "E", "é", "e\u0301", "𝔘", "漢", "7", "12", ".", "'", "-", " ", "  ", "\t", "\u00A0", "ab", "bab")
            .ListOf().Select(string.Concat);

    /// <summary>Sentences of few words, so that n-grams repeat.</summary>
    public static Gen<string[]> Sentences { get; } = Gen.Elements("the", "cat", "sat", "on").ArrayOf();

    /// <summary>A gene of the codec's space, inactive slots included.</summary>
    public static Gen<int[]> Genes(GeneCodec codec) =>
        Gen.CollectToArray(codec.Layout.Choices, choices => Gen.Elements(choices.ToArray()));
}
