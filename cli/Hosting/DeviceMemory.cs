using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Cli.Hosting;

/// <summary>
/// What was measured on this machine, kept between demos: a device is measured once, so that searches of one seed meet the
/// same latencies and find the same winner. Everything else of a demo is done anew.
/// </summary>
internal sealed class DeviceMemory(string folder)
{
    private static readonly BlobPath LimitPath = BlobLayout.DemoLatencyLimit;

    private readonly DirectoryArtifactStore _kept = new(folder);

    /// <summary>Forgets everything.</summary>
    public void Forget()
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    /// <summary>The latency limit chosen for this machine; null before the first demo.</summary>
    public Task<double?> TryGetLimitAsync(CancellationToken cancellationToken) =>
        _kept.TryReadJsonAsync<double?>(LimitPath, cancellationToken);

    /// <summary>Keeps the latency limit chosen for this machine.</summary>
    public Task KeepLimitAsync(double limit, CancellationToken cancellationToken) =>
        _kept.WriteJsonAsync(LimitPath, limit, cancellationToken);

    /// <summary>Puts what is kept into a stack's storage; whether there was anything.</summary>
    public async Task<bool> RestoreAsync(IArtifactStore target, CancellationToken cancellationToken)
    {
        var found = false;
        foreach (var container in new[] { BlobLayout.Latencies, BlobLayout.Jobs })
            await foreach (var name in _kept.ListAsync(container, "", cancellationToken))
            {
                var path = new BlobPath(container, name);
                if (path == LimitPath) continue;
                await target.WriteAsync(path, await _kept.ReadAsync(path, cancellationToken), cancellationToken);
                found = true;
            }

        return found;
    }

    /// <summary>Keeps latency data sets, predictors and measurements of a stack's storage.</summary>
    public async Task KeepAsync(IArtifactStore source, CancellationToken cancellationToken)
    {
        await foreach (var name in source.ListAsync(BlobLayout.Latencies, "", cancellationToken))
            await CopyAsync(source, new BlobPath(BlobLayout.Latencies, name), cancellationToken);
        await foreach (var name in source.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            if (BlobLayout.JobOfOutput(name) is not { } job) continue;
            var result = await source.ReadJsonAsync<JobResult>(BlobLayout.JobOutput(job), cancellationToken);
            if (result is not { Kind: JobKinds.MeasureLatency, Error: null }) continue;
            await CopyAsync(source, BlobLayout.JobInput(job), cancellationToken);
            await CopyAsync(source, BlobLayout.JobOutput(job), cancellationToken);
        }
    }

    private async Task CopyAsync(IArtifactStore source, BlobPath path, CancellationToken cancellationToken) =>
        await _kept.WriteAsync(path, await source.ReadAsync(path, cancellationToken), cancellationToken);
}
