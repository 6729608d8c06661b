using HsNas.Cli.Hosting;
using HsNas.Cli.Models;
using HsNas.Cli.Tests.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Evolution.Constraints;
using HsNas.Models;
using HsNas.Onnx;

namespace HsNas.Cli.Tests.Models;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public ExportCommandTests()
    {
        Directory.CreateDirectory(Folder("model"));
        foreach (var (name, bytes) in MadeUpModel.Files().ToFiles()) File.WriteAllBytes(Path.Combine(Folder("model"), name), bytes);
    }

    public void Dispose() => _root.Dispose();

    [Theory]
    [InlineData("onnx", "encoder.onnx", "decoder.onnx", "model.onnx.data", "architecture.json", "vocabulary.json", "generation.json")]
    [InlineData("onnx-int8", "encoder.onnx", "decoder.onnx", "model.onnx.data", "architecture.json", "vocabulary.json", "generation.json")]
    [InlineData("safetensors", "config.json", "model.safetensors", "vocabulary.json")]
    public async Task Every_format_writes_its_files_and_a_card(string format, params string[] files)
    {
        var run = await RunAsync($"export {Folder("model")} --format {format} --licence MIT --out {Folder("out")}");
        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Equal([.. files.Append("README.md").Order(StringComparer.Ordinal)],
            Directory.GetFiles(Folder("out")).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal));
        var card = await File.ReadAllTextAsync(Path.Combine(Folder("out"), "README.md"));
        foreach (var fact in new[] { "| licence | MIT |", "data set 0123abcd", "| limits | not known |", "fp32 weights | not known |" })
            Assert.Contains(fact, card, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Safetensors_are_the_models_own_files()
    {
        await RunAsync($"export {Folder("model")} --format safetensors --out {Folder("out")}");
        foreach (var file in ModelFiles.Names)
            Assert.Equal(File.ReadAllBytes(Path.Combine(Folder("model"), file)), File.ReadAllBytes(Path.Combine(Folder("out"), file)));
    }

    [Fact]
    public async Task What_cannot_be_exported_is_refused_by_name_and_nothing_is_written()
    {
        File.WriteAllText(Path.Combine(Folder("model"), "config.json"), "{}");
        foreach (var (line, message) in new[]
        {
            ($"export {Folder("model")} --out {Folder("out")}", "config.json"),
            ($"export {Folder("nothing")} --out {Folder("out")}", "There is no folder"),
            ($"export {Folder("model")} --format gguf --out {Folder("out")}", "allowed: onnx, onnx-int8, safetensors"),
        })
        {
            var run = await RunAsync(line);
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(message, run.Errors, StringComparison.Ordinal);
            Assert.False(Directory.Exists(Folder("out")));
        }
    }

    [Fact]
    public async Task A_folder_of_graphs_and_a_trained_models_folder_translate_alike_without_torch()
    {
        await RunAsync($"export {Folder("model")} --format onnx --out {Folder("out")}");
        var translations = new[] { "model", "out" }.Select(folder =>
        {
            using var output = new StringWriter();
            var code = OnnxTranslation.Run(Folder(folder), new StringReader("a b c\n\nc\n"), output, TextWriter.Null, interactive: false);
            Assert.Equal(0, code);
            return output.ToString();
        }).ToList();
        Assert.Equal(4, translations[0].Split('\n').Length);
        Assert.Equal(translations[0], translations[1]);
        File.Delete(Path.Combine(Folder("out"), OnnxFiles.Decoder));
        var refused = Assert.Throws<CliException>(
            () => OnnxTranslation.Run(Folder("out"), TextReader.Null, TextWriter.Null, TextWriter.Null, interactive: false));
        Assert.Contains("decoder.onnx is missing", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_searchs_limits_and_measured_latency_are_facts_of_its_winner(bool winner)
    {
        var facts = ModelSource.FactsOf(Samples.Result(measuredMs: 8, winner: winner), ConstraintSet.BuiltIn, "MIT");
        Assert.Equal(("id", "MIT"), (facts.Search, facts.Licence));
        Assert.Equal([KeyValuePair.Create("latency", "9.3 ms")], facts.Limits!);
        Assert.Equal(winner ? [KeyValuePair.Create("latency of the worker on cpu-x", "8 ms")] : [], facts.Latencies!);
    }

    [Fact]
    public void A_card_says_what_is_known()
    {
        var config = MadeUpModel.Files(new ExportedScores(5.25, 13.5, 12.25, "nrefs:1")).Config;
        var facts = new CardFacts("s-1", new Dictionary<string, string> { ["latency"] = "9 ms" },
            new Dictionary<string, string> { ["latency on cpu"] = "6.5 ms" }, null);
        var card = ModelCard.Of(config, facts, "ONNX, Int8", new Dictionary<string, byte[]> { ["a.bin"] = new byte[1234] });
        foreach (var fact in new[] { "12.25 test, 13.50 validation (nrefs:1)", "5.250 bits a token", "| search | s-1 |",
            "| limits | latency: 9 ms |", "| latencies | latency on cpu: 6.5 ms |", "not stated", "| `a.bin` | 1,234 |" })
            Assert.Contains(fact, card, StringComparison.Ordinal);
    }

    private string Folder(string name) => Path.Combine(_root.Path, name);

    private Task<CommandRun> RunAsync(string line) => CommandRun.OfAsync(line, ("HSNAS_ROOT", _root.Path));
}
