using HsNas.Contracts.Supernets;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.GpuWorker.Hosting;
using HsNas.GpuWorker.Tests.Support;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.GpuWorker.Tests.Jobs;

/// <summary>Sub-commands on a folder of blobs take a user's own task as they take a built-in one.</summary>
public sealed class OwnTaskCommandsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hsnas-own-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Seeds_are_trained_and_measured_and_a_supernet_evaluates_them()
    {
        var store = new DirectoryArtifactStore(_folder.FullName);
        await ToyStore.PrepareAsync(store);

        Assert.Equal(0, await SeedCommand.RunAsync(["toy", _folder.FullName, "3", "0", "1"]));
        Assert.Equal(0, await SupernetCommand.RunAsync(["toy", _folder.FullName, "3", SupernetKinds.Hat, "12"]));
        var (asked, answered) = (Path.Combine(_folder.FullName, "asked.json"), Path.Combine(_folder.FullName, "answered.json"));
        await File.WriteAllBytesAsync(asked, JsonSerializer.SerializeToUtf8Bytes(ToyTask.Architectures(2), Json.Options));
        Assert.Equal(0, await MeasureCommands.MeasureFileAsync(["toy", _folder.FullName, asked, answered]));

        var measured = JsonSerializer.Deserialize<MeasureLatencyResult>(await File.ReadAllBytesAsync(answered), Json.Options)!;
        Assert.Equal(2, measured.Measurements.Count);
        Assert.All(measured.Measurements, m => Assert.True(m.TotalMean > 0));
        var results = new List<JobResult>();
        await foreach (var blob in store.ListAsync(BlobLayout.Jobs, ""))
            if (blob.EndsWith("/output.json", StringComparison.Ordinal))
                results.Add(await store.ReadJsonAsync<JobResult>(new BlobPath(BlobLayout.Jobs, blob)));
        Assert.Equal(5, results.Count);
        Assert.All(results, r => Assert.Null(r.Error));
    }
}
