using HsNas.GpuWorker.Decoding;
using HsNas.GpuWorker.Export;
using HsNas.Models;
using TorchSharp;

namespace HsNas.Benchmarks.Deployment;

/// <summary>The worker's own decoding.</summary>
internal sealed class DeployedTorch(string folder) : IDeployed
{
    private readonly ExportedModel _model = ExportedModel.Load(folder, torch.CPU);

    /// <inheritdoc/>
    public string Name => "torch";

    /// <inheritdoc/>
    public long Bytes { get; } = ModelFiles.Names
        .Sum(f => new FileInfo(Path.Combine(folder, f)).Length);

    /// <inheritdoc/>
    public IReadOnlyList<int[]> Translate(IReadOnlyList<int[]> sources, int beam) =>
        new BeamSearch(_model.Model, _model.Config.Architecture, new BeamOptions(beam), torch.CPU).Translate(sources);

    /// <inheritdoc/>
    public void Dispose() => _model.Dispose();
}
