using System.Text;
using HsNas.Cli.Hosting;
using HsNas.Models;
using HsNas.Onnx;

namespace HsNas.Cli.Models;

/// <summary>A form that models are exported in.</summary>
/// <param name="Name">As the command line says it.</param>
/// <param name="Files">The files of a model by name.</param>
internal sealed record ModelFormat(string Name, Func<ModelSource, IReadOnlyDictionary<string, byte[]>> Files)
{
    private static readonly ModelFormat[] All =
    [
        new("onnx", m => OnnxExporter.Export(m.Files, OnnxPrecision.Float32, m.Facts)),
        new("onnx-int8", m => OnnxExporter.Export(m.Files, OnnxPrecision.Int8, m.Facts)),
        new("safetensors", SafeTensorsOf),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names => [.. All.Select(f => f.Name)];

    /// <summary>The format of a name.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static ModelFormat Of(string name) => All.FirstOrDefault(f => f.Name == name)
        ?? throw new CliException($"--format is '{name}'; allowed: {string.Join(", ", Names)}.");

    /// <summary>Writes a model into a folder, which is made where it is missing; the files written.</summary>
    /// <exception cref="CliException">The model's files do not fit one another.</exception>
    public IReadOnlyDictionary<string, byte[]> Write(ModelSource model, string folder)
    {
        try
        {
            var files = Files(model);
            Directory.CreateDirectory(folder);
            foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
            return files;
        }
        catch (InvalidDataException e)
        {
            throw new CliException(e.Message);
        }
    }

    private static Dictionary<string, byte[]> SafeTensorsOf(ModelSource model)
    {
        var files = new Dictionary<string, byte[]>(model.Files.ToFiles(), StringComparer.Ordinal);
        files[OnnxFiles.Card] = Encoding.UTF8.GetBytes(ModelCard.Of(model.Files.Config, model.Facts, "safetensors, fp32", files));
        return files;
    }
}
