using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using HsNas.GpuWorker.Tests.Support;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Models;
using HsNas.Onnx;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.Benchmarks.Deployment;

/// <summary>
/// <c>onnx-agreement [COUNT]</c>: exports random architectures of the WMT'14 En-De space inside a supernet of random weights and
/// compares their graphs with the worker. The vocabulary is cut to 1,000 entries; nothing else is.
/// </summary>
internal static class AgreementBenchmark
{
    private const int Vocabulary = 1000;
    private const int Positions = 3;
    private const double Tolerance = 1e-4;

    public static int Run(int count)
    {
        set_num_threads(1);
        manual_seed(1);
        var task = TaskCatalog.Get("wmt14-en-de") with { VocabularySize = Vocabulary };
        using var model = SupernetDesign.Hat.CreateModel(task);
        using (no_grad())
            foreach (var (_, parameter) in Trainer.NamedParameters(model))
                if (parameter.dim() == 1) parameter.AddInPlace(randn(parameter.shape).Times(0.1));
        model.eval();
        var random = SeededRandom.For(1, 0, "sources");
        int[][] sources = [.. new[] { 12, 5, 1 }.Select(length => Enumerable.Range(0, length)
            .Select(_ => BytePairVocabulary.SpecialCount + random.Next(Vocabulary - BytePairVocabulary.SpecialCount)).ToArray())];
        var (worst, failed, done) = (new OnnxAgreement(0, 0, 0), 0, 0);
        foreach (var architecture in new ArchitectureSampler(task.Space, 14).Distinct(count))
        {
            using var folder = ExportedFolder.Onnx(
                model, architecture, task, new BytePairVocabulary(["a"], new List<string>()), OnnxPrecision.Float32);
            var found = OnnxAgreement.Of(model, architecture, folder.Path, sources, Positions);
            worst = new OnnxAgreement(
                Math.Max(worst.Memory, found.Memory), Math.Max(worst.Logits, found.Logits), Math.Max(worst.Scores, found.Scores));
            if (found is not { Memory: <= Tolerance, Logits: <= Tolerance, Scores: <= Tolerance })
                Console.WriteLine($"{++failed}: {architecture.Key} {found}");
            if (++done % 10 == 0) Console.WriteLine($"{done} of {count}: largest differences {worst}");
        }

        Console.WriteLine($"{count} architectures, {failed} above {Tolerance}; largest differences {worst}");
        return failed == 0 ? 0 : 1;
    }
}
