using HsNas.Models;
using HsNas.Onnx;
using OnnxTranslate;

namespace HsNas.Benchmarks.Deployment;

/// <summary>ONNX graphs in samples/Translate.</summary>
internal sealed class DeployedOnnx : IDeployed
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-deployment-");
    private readonly Dictionary<int, Translator> _translators;

    public DeployedOnnx(string model, OnnxPrecision precision)
    {
        Name = precision == OnnxPrecision.Int8 ? "ONNX int8" : "ONNX fp32";
        var files = OnnxExporter.Export(ModelFiles.Read(model), precision);
        foreach (var (name, bytes) in files) File.WriteAllBytes(Path.Combine(_folder.FullName, name), bytes);
        Bytes = files.Values.Sum(b => b.LongLength);
        _translators = new[] { 1, 4 }.ToDictionary(beam => beam, beam => new Translator(_folder.FullName, beam));
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public long Bytes { get; }

    /// <inheritdoc/>
    public IReadOnlyList<int[]> Translate(IReadOnlyList<int[]> sources, int beam) => _translators[beam].TranslateIds(sources);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var translator in _translators.Values) translator.Dispose();
        _folder.Delete(recursive: true);
    }
}
