using HsNas.GpuWorker.Supernets;
using HsNas.Models;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Export;

/// <summary>Writes one subtransformer as files that need neither the supernet nor the search.</summary>
internal static class ModelExporter
{
    /// <summary>The files of <paramref name="architecture"/> inside <paramref name="model"/>, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Export(
        SuperTransformer model, Architecture architecture, TaskDefinition task, BytePairVocabulary vocabulary, ExportedScores? scores,
        ExportedProvenance provenance) => Cut(model, architecture, task, vocabulary, scores, provenance).ToFiles();

    /// <summary>A subtransformer whose weights and words do not matter: its latency is asked for.</summary>
    public static ModelFiles Untrained(SuperTransformer model, Architecture architecture, TaskDefinition task) =>
        Cut(model, architecture, task, new BytePairVocabulary([], []), null, new ExportedProvenance("", "", "", 0, 0, 0, ""));

    /// <summary>The subtransformer <paramref name="architecture"/> of <paramref name="model"/>, on its own.</summary>
    public static ModelFiles Cut(
        SuperTransformer model, Architecture architecture, TaskDefinition task, BytePairVocabulary vocabulary, ExportedScores? scores,
        ExportedProvenance provenance)
    {
        var tensors = Tensors(model, architecture);
        var encoderOnly = tensors.Where(t => t.Name == SuperTransformer.EncoderOnlyColumns).Sum(t => t.Tensor.Values.LongLength);
        var config = new ExportedConfig(
            ExportedConfig.CurrentFormat, task.Name, task.Source, task.Target, architecture, model.Shape.QkvDim, model.Shape.EmbedDim,
            model.Shape.Vocabulary,
            tensors.Sum(t => t.Tensor.Values.LongLength) - encoderOnly, encoderOnly, scores, provenance);
        return new ModelFiles(config, tensors.ToDictionary(t => t.Name, t => t.Tensor), vocabulary);
    }

    private static List<(string Name, HostTensor Tensor)> Tensors(SuperTransformer model, Architecture architecture)
    {
        model.eval();
        using var inference = no_grad();
        using var scope = NewDisposeScope();
        return [.. model.Slices(architecture)
            .Select(s => (s.Name, new HostTensor(s.View.shape, s.View.cpu().contiguous().data<float>().ToArray())))];
    }
}
