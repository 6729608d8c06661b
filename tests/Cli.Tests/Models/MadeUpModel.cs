using HsNas.Kernel;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Models;

/// <summary>A model of one layer each way with random weights, as the worker exports them.</summary>
internal static class MadeUpModel
{
    private const int Dim = 8;

    private static readonly BytePairVocabulary Vocabulary = new(["▁", "a", "b", "c"], new List<string> { "▁ a" });

    private static readonly Architecture Small = new()
    {
        EncoderEmbedDim = Dim, EncoderFfnDims = [16], EncoderHeads = [2], DecoderEmbedDim = Dim, DecoderFfnDims = [16],
        DecoderSelfHeads = [2], DecoderCrossHeads = [4], DecoderArbitrary = [-1],
    };

    /// <summary>Its files.</summary>
    public static ModelFiles Files(ExportedScores? scores = null)
    {
        var tensors = Shapes().ToDictionary(s => s.Name, s => Random(s.Name, s.Shape));
        var config = new ExportedConfig(ExportedConfig.CurrentFormat, "made-up", "a", "b", Small, Dim, Dim, Vocabulary.Size,
            tensors.Values.Sum(t => t.Values.LongLength), 0, scores, new ExportedProvenance("job", "0123abcd", "made up", 1, 1, 1, "cpu"));
        return new ModelFiles(config, tensors, Vocabulary);
    }

    private static IEnumerable<(string Name, long[] Shape)> Shapes() =>
    [
        ("embedding", [Vocabulary.Size, Dim]),
        .. Linear("encoder.0.attention.qkv", 3 * Dim, Dim), .. Linear("encoder.0.attention.output", Dim, Dim),
        .. Norm("encoder.0.attentionNorm"), .. FeedForward("encoder.0"),
        .. Linear("decoder.0.selfAttention.qkv", 3 * Dim, Dim), .. Linear("decoder.0.selfAttention.output", Dim, Dim),
        .. Norm("decoder.0.selfNorm"), .. Linear("decoder.0.crossAttention.query", Dim, Dim),
        .. Linear("decoder.0.crossAttention.memory", 2 * Dim, Dim), .. Linear("decoder.0.crossAttention.output", Dim, Dim),
        .. Norm("decoder.0.crossNorm"), .. FeedForward("decoder.0"),
    ];

    private static IEnumerable<(string, long[])> FeedForward(string layer) =>
    [
        .. Linear(layer + ".feedForward.fc1", 16, Dim), .. Linear(layer + ".feedForward.fc2", Dim, 16),
        .. Norm(layer + ".feedForwardNorm"),
    ];

    private static IEnumerable<(string, long[])> Linear(string name, long outputs, long inputs) =>
        [(name + ".weight", [outputs, inputs]), (name + ".bias", [outputs])];

    private static IEnumerable<(string, long[])> Norm(string name) => [(name + ".weight", [Dim]), (name + ".bias", [Dim])];

    private static HostTensor Random(string name, long[] shape)
    {
        var random = SeededRandom.For(1, 0, name);
        return new HostTensor(shape, [.. Enumerable.Range(0, (int)shape.Aggregate(1L, (a, b) => a * b))
            .Select(_ => (random.Next(2001) - 1000) / 1000f)]);
    }
}
