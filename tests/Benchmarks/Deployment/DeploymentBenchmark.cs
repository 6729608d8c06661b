using HsNas.Models;
using HsNas.Onnx;
using HsNas.Translation;
using TorchSharp;

namespace HsNas.Benchmarks.Deployment;

/// <summary>
/// <c>deployment MODEL-FOLDER DATA-SET-FOLDER [ROUNDS]</c>: the table of docs/deployment.md for a trained model and the folder of a
/// prepared data set, whose test part is translated. One thread each.
/// </summary>
internal static class DeploymentBenchmark
{
    private const int Together = 32;
    private const int Alone = 100;
    private const int Beam = 4;

    public static int Run(string model, string dataset, int rounds)
    {
        torch.set_num_threads(1);
        var vocabulary = ModelFiles.Read(model).Vocabulary;
        var sources = File.ReadAllLines(Path.Combine(dataset, "test.source.txt")).Select(vocabulary.Encode).ToArray();
        var references = File.ReadAllLines(Path.Combine(dataset, "test.target.txt")).Select(Tokenizer13a.Tokenize).ToArray();
        IDeployed[] forms =
            [new DeployedTorch(model), new DeployedOnnx(model, OnnxPrecision.Float32), new DeployedOnnx(model, OnnxPrecision.Int8)];
        int[] byLength = [.. Enumerable.Range(0, sources.Length).OrderBy(i => sources[i].Length).ThenBy(i => i)];
        var sorted = byLength.Select(i => sources[i]).ToArray();

        // Translations first: they also warm everything up.
        var beams = forms.Select(f => Translations(f, sorted, Beam)).ToArray();
        var greedy = forms.Select(f => Translations(f, sorted, 1)).ToArray();
        var sortedReferences = byLength.Select(i => references[i]).ToArray();
        var alone = DeployedSpeed.Measure(forms, [.. sources.Take(Alone)], 1, Beam, rounds);
        var together = DeployedSpeed.Measure(forms, sorted, Together, Beam, rounds);
        var aloneGreedy = DeployedSpeed.Measure(forms, [.. sources.Take(Alone)], 1, 1, rounds);
        var togetherGreedy = DeployedSpeed.Measure(forms, sorted, Together, 1, rounds);

        Console.WriteLine($"{sources.Length} sentences, {rounds} rounds, load {Load()}");
        Console.WriteLine("| | bytes | of ONNX fp32 | ms a sentence | sentences/s, 32 together | greedy: ms | sentences/s | BLEU "
            + "| same, greedy | same, beam 4 |");
        Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
        for (var f = 0; f < forms.Length; f++)
        {
            var bleu = Bleu.Score([.. beams[f].Select(t => Tokenizer13a.Tokenize(vocabulary.Decode(t)))], sortedReferences, smooth: true);
            Console.WriteLine($"| {forms[f].Name} | {forms[f].Bytes:N0} | {(double)forms[f].Bytes / forms[1].Bytes:P1} | {alone[f]:F2} "
                + $"| {1000 / together[f]:F0} | {aloneGreedy[f]:F2} | {1000 / togetherGreedy[f]:F0} | {bleu:F2} "
                + $"| {Same(greedy[0], greedy[f])} of {sources.Length} | {Same(beams[0], beams[f])} of {sources.Length} |");
            forms[f].Dispose();
        }

        return 0;
    }

    private static List<int[]> Translations(IDeployed form, int[][] sources, int beam) =>
        [.. sources.Chunk(Together).SelectMany(rows => form.Translate(rows, beam))];

    private static int Same(List<int[]> first, List<int[]> second) => first.Zip(second).Count(p => p.First.SequenceEqual(p.Second));

    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "not known";
}
