using HsNas.GpuWorker.Export;
using HsNas.GpuWorker.Supernets;
using HsNas.Models;
using HsNas.Onnx;
using HsNas.Spaces;
using HsNas.Translation;

namespace HsNas.GpuWorker.Tests.Support;

/// <summary>A folder of files, deleted at the end.</summary>
internal sealed class ExportedFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-onnx-test-");

    /// <summary>Writes files.</summary>
    public ExportedFolder(IReadOnlyDictionary<string, byte[]> files)
    {
        foreach (var (name, bytes) in files) File.WriteAllBytes(this[name], bytes);
    }

    /// <summary>Its path.</summary>
    public string Path => _folder.FullName;

    /// <summary>Path of a file.</summary>
    public string this[string file] => System.IO.Path.Combine(Path, file);

    /// <summary>The graphs of an architecture inside a supernet.</summary>
    public static ExportedFolder Onnx(
        SuperTransformer model, Architecture architecture, TaskDefinition task, BytePairVocabulary vocabulary, OnnxPrecision precision) =>
        new(OnnxExporter.Export(ModelOf(model, architecture, task, vocabulary), precision));

    /// <summary>An architecture inside a supernet as a model.</summary>
    public static ModelFiles ModelOf(
        SuperTransformer model, Architecture architecture, TaskDefinition task, BytePairVocabulary vocabulary) => ModelExporter.Cut(
            model, architecture, task, vocabulary, null, new ExportedProvenance("job", "toyhash", "made up", 1, 1, 1, "cpu"));

    public void Dispose() => _folder.Delete(recursive: true);
}
