using HsNas.Contracts.Supernets;
using System.Text;
using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.GpuWorker.Tests.Export;

public sealed class ExportTests
{
    private static readonly int[] Source = [5, 9, 4, 11, BytePairVocabulary.End];
    private static readonly int[] Target = [BytePairVocabulary.End, 8, 4, 10];
    private static readonly BytePairVocabulary Vocabulary = ToyTask.Data().Vocabulary;

    [Theory]
    [InlineData(SupernetKinds.Hat)]
    [InlineData(SupernetKinds.MosNeuron)]
    public void An_exported_model_has_the_size_of_the_closed_form_and_the_logits_of_the_supernet(string kind)
    {
        using var supernet = Weights.RandomModel(51, Designs.Of(kind));
        foreach (var architecture in ToyTask.Architectures(40))
        {
            using var exported = Load(Export(supernet, architecture));
            Assert.Equal(CostModel.For(ToyTask.Definition).Evaluate(architecture).ModelSize, exported.Config.Parameters);
            Assert.Equal(Math.Max(0, architecture.EncoderEmbedDim - architecture.DecoderEmbedDim) * ToyTask.Vocabulary,
                exported.Config.EncoderOnlyParameters);
            exported.Model.eval();
            LogitsOf.AssertClose(
                LogitsOf.Model(supernet, architecture, [Source], [Target]),
                LogitsOf.Model(exported.Model, architecture, [Source], [Target]), 1e-5, architecture.Key);
        }
    }

    [Fact]
    public void The_translate_command_gives_the_translations_of_the_supernet_line_by_line()
    {
        // Some training, or every translation is empty.
        var architecture = ToyTask.Architectures(1).First();
        var task = ToyTask.Definition with
        {
            Training = ToyTask.Definition.Training! with { Dropout = 0, AttentionDropout = 0, PeakLearningRate = 1e-2 },
        };
        using var trainer = new Trainer(task, ToyTask.Data(), new FixedArchitecture(architecture), new TrainingPlan(300, 20, 1), torch.CPU);
        while (!trainer.Finished) trainer.Update();
        var supernet = trainer.Model;
        using var exported = Load(Export(supernet, architecture));
        string[] lines = ["abc", "", "gfed", "ab", "zzza"];
        var search = new BeamSearch(supernet, architecture, new BeamOptions(), torch.CPU);
        var expected = lines.Select(l => l.Length == 0 ? "" : Vocabulary.Decode(search.Translate([Vocabulary.Encode(l)])[0])).ToArray();
        Assert.True(expected.Distinct().Count() > 2, string.Join('|', expected));
        using var output = new StringWriter();
        Assert.Equal(0, ExportCommands.Translate(exported, new StringReader(string.Join('\n', lines)), output, TextWriter.Null, 2));
        Assert.Equal(expected, Lines(output));
    }

    [Fact]
    public void The_translate_command_names_a_line_and_translates_the_others_when_the_line_is_too_long()
    {
        using var supernet = Weights.RandomModel(53);
        using var exported = Load(Export(supernet, ToyTask.Architectures(1).First()));
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var input = "a b\n" + string.Concat(Enumerable.Repeat("a ", SuperTransformer.MaxLength)) + "\nc d\n";
        Assert.Equal(1, ExportCommands.Translate(exported, new StringReader(input), output, errors, 8));
        Assert.StartsWith("line 2: ", errors.ToString(), StringComparison.Ordinal);
        Assert.Equal(exported.Translate(["a b", "", "c d"]), Lines(output));
    }

    [Fact]
    public void An_export_is_refused_by_name_when_it_is_damaged()
    {
        using var supernet = Weights.RandomModel(54);
        var two = ToyTask.Architectures(2).ToList();
        var files = new Dictionary<string, byte[]>(Export(supernet, two[0]));
        var weights = files[ModelFiles.WeightsFile];
        foreach (var (bad, message) in new[]
        {
            (Array.Empty<byte>(), "Not a safetensors file"), (weights[..^4], "does not lie inside the file"),
            (Export(supernet, two[1])[ModelFiles.WeightsFile], "The weights"),
            (Encoding.UTF8.GetBytes("no such file at all"), "Not a safetensors file"),
        })
        {
            files[ModelFiles.WeightsFile] = bad;
            Assert.Contains(message, Assert.Throws<InvalidDataException>(() => Load(files)).Message, StringComparison.Ordinal);
        }

        Assert.Contains("config.json is missing",
            Assert.Throws<InvalidDataException>(() => ExportedModel.Load("/nowhere", torch.CPU)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Safetensors_have_the_published_form()
    {
        var file = SafeTensors.Write(
            [("a", new HostTensor([2, 1], [1, -2])), ("b", new HostTensor([1], [0.5f]))], new Dictionary<string, string> { ["k"] = "v" });
        var length = BitConverter.ToInt64(file);
        Assert.Equal(0, length % 8);
        Assert.Equal(
            """{"__metadata__":{"k":"v"},"a":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"""
            + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[8,12]}}",
            Encoding.UTF8.GetString(file, 8, (int)length).TrimEnd(' '));
        Assert.Equal([1f, -2f, 0.5f], Enumerable.Range(0, 3).Select(i => BitConverter.ToSingle(file, 8 + (int)length + (4 * i))));
        Assert.Equal([1f, -2f], SafeTensors.Read(file)["a"].Values);
    }

    private static string[] Lines(StringWriter output) => output.ToString().Split('\n')[..^1];

    private static IReadOnlyDictionary<string, byte[]> Export(SuperTransformer model, Architecture architecture) => ModelExporter.Export(
        model, architecture, ToyTask.Definition, Vocabulary, null, new ExportedProvenance("job", "toyhash", "made up", 1, 1, 1, "cpu"));

    private static ExportedModel Load(IReadOnlyDictionary<string, byte[]> files) => ExportedModel.Load(f => files[f], torch.CPU);
}
