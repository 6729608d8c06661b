using System.Text.Json;
using HsNas.GpuWorker.Supernets;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Export;

/// <summary>Writes one subtransformer as files that need neither the supernet nor the search.</summary>
internal static class ModelExporter
{
    /// <summary>Configuration, <see cref="ExportedConfig"/>.</summary>
    public const string ConfigFile = "config.json";

    /// <summary>Weights, safetensors.</summary>
    public const string WeightsFile = "model.safetensors";

    /// <summary>The <see cref="BytePairVocabulary"/>.</summary>
    public const string VocabularyFile = "vocabulary.json";

    /// <summary>The files of <paramref name="architecture"/> inside <paramref name="model"/>, by name.</summary>
    public static IReadOnlyDictionary<string, byte[]> Export(
        SuperTransformer model, Architecture architecture, TaskDefinition task, BytePairVocabulary vocabulary, ExportedScores? scores,
        ExportedProvenance provenance)
    {
        var tensors = Tensors(model, architecture);
        var encoderOnly = tensors.Where(t => t.Name == SuperTransformer.EncoderOnlyColumns).Sum(t => t.Tensor.Values.LongLength);
        var config = new ExportedConfig(
            ExportedConfig.CurrentFormat, task.Name, task.Source, task.Target, architecture, model.Shape.QkvDim, model.Shape.EmbedDim,
            model.Shape.Vocabulary,
            tensors.Sum(t => t.Tensor.Values.LongLength) - encoderOnly, encoderOnly, scores, provenance);
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["format"] = "pt", ["task"] = task.Name, ["architecture"] = architecture.Key, ["config"] = ConfigFile,
        };
        return new Dictionary<string, byte[]>(StringComparer.Ordinal)
        {
            [ConfigFile] = JsonSerializer.SerializeToUtf8Bytes(config, Json.Indented),
            [WeightsFile] = SafeTensors.Write(tensors, metadata),
            [VocabularyFile] = JsonSerializer.SerializeToUtf8Bytes(vocabulary, Json.Options),
        };
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
