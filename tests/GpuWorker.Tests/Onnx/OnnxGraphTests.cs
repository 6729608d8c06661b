using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Models;
using HsNas.Onnx;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Tests.Onnx;

public sealed class OnnxGraphTests
{
    private const double Tolerance = 1e-4;
    private static readonly int[][] Sources = [[5, 9, 4, 11, 7], [6], [10, 8, 4]];

    [Fact]
    public void Graphs_agree_with_the_worker_for_every_kind_of_choice_of_the_space()
    {
        using var model = Weights.RandomModel(61);
        var architectures = ToyTask.Architectures(12).ToList();
        Assert.Equal(3,
            architectures.SelectMany(a => Enumerable.Range(0, a.DecoderLayers).Select(a.AttendedEncoderLayers)).Distinct().Count());
        Assert.Contains(architectures, a => a.EncoderEmbedDim > a.DecoderEmbedDim);
        Assert.Contains(architectures, a => a.EncoderEmbedDim < a.DecoderEmbedDim);
        foreach (var architecture in architectures)
        {
            using var folder = Export(model, architecture, OnnxPrecision.Float32);
            var found = OnnxAgreement.Of(model, architecture, folder.Path, Sources, positions: 4);
            Assert.True(found is { Memory: <= Tolerance, Logits: <= Tolerance, Scores: <= Tolerance }, $"{architecture.Key}: {found}");
        }
    }

    [Fact]
    public void Graphs_in_8_bits_are_close_to_the_worker()
    {
        using var model = Weights.RandomModel(62);
        foreach (var architecture in ToyTask.Architectures(6, seed: 8))
        {
            using var folder = Export(model, architecture, OnnxPrecision.Int8);
            var found = OnnxAgreement.Of(model, architecture, folder.Path, Sources, positions: 4);
            // Keys and values are about 1; what follows in so narrow a decoder of random weights magnifies any difference.
            Assert.True(found is { Memory: > Tolerance and < 0.15, Logits: < 3 }, $"{architecture.Key}: {found}");
        }
    }

    [Theory]
    [InlineData(OnnxPrecision.Float32, 4)]
    [InlineData(OnnxPrecision.Int8, 1)]
    public void Both_graphs_share_one_file_of_weights_that_holds_each_once(OnnxPrecision precision, int bytes)
    {
        using var model = Weights.RandomModel(63);
        foreach (var architecture in ToyTask.Architectures(6))
        {
            var files = ModelOf(model, architecture);
            var matrices = files.Tensors.Values.Where(t => t.Shape.Length == 2).Sum(t => t.Values.LongLength);
            var vectors = files.Tensors.Values.Where(t => t.Shape.Length == 1).Sum(t => t.Values.LongLength);
            var positions = PositionTable.MaxLength * Math.Max(architecture.EncoderEmbedDim, architecture.DecoderEmbedDim);
            var scales = precision == OnnxPrecision.Int8 ? files.Tensors.Values.Where(t => t.Shape.Length == 2).Sum(t => t.Shape[0]) : 0;
            var places = (files.Tensors.Count * 2) + 2;
            var exported = OnnxExporter.Export(files, precision);
            var least = (bytes * (matrices + positions)) + (4 * (vectors + scales));
            Assert.InRange(exported[OnnxFiles.Weights].Length, least, least + (64 * places));
            // What is left in the graphs are their nodes.
            Assert.True(exported[OnnxFiles.Encoder].Length + exported[OnnxFiles.Decoder].Length < 60_000);
        }
    }

    [Fact]
    public void A_model_is_refused_by_the_name_of_its_file_when_a_tensor_is_missing_or_of_another_shape()
    {
        using var model = Weights.RandomModel(64);
        var files = ModelOf(model, ToyTask.Architectures(1).First());
        foreach (var name in files.Tensors.Keys)
        {
            var without = files with { Tensors = files.Tensors.Where(t => t.Key != name).ToDictionary() };
            var reshaped = new Dictionary<string, HostTensor>(files.Tensors) { [name] = new HostTensor([1], [0]) };
            foreach (var bad in new[] { without, files with { Tensors = reshaped } })
            {
                var refused = Assert.Throws<InvalidDataException>(() => OnnxExporter.Export(bad, OnnxPrecision.Float32));
                Assert.Contains("model.safetensors", refused.Message, StringComparison.Ordinal);
                Assert.Contains(name, refused.Message, StringComparison.Ordinal);
            }
        }
    }

    private static ExportedFolder Export(SuperTransformer model, Architecture architecture, OnnxPrecision precision) =>
        new(OnnxExporter.Export(ModelOf(model, architecture), precision));

    private static ModelFiles ModelOf(SuperTransformer model, Architecture architecture) =>
        ExportedFolder.ModelOf(model, architecture, ToyTask.Definition, ToyTask.Data().Vocabulary);
}
