using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Cli.Tests.Data;

public sealed class DeviceMemoryTests : IDisposable
{
    private static readonly BlobPath Model = BlobLayout.LatencyModel("default", "tiny-en-de");

    private readonly TemporaryFolder _folder = new();
    private readonly DeviceMemory _memory;

    public DeviceMemoryTests() => _memory = new DeviceMemory(Path.Combine(_folder.Path, "device"));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Measurements_come_back_and_nothing_else_does()
    {
        var (before, after) = (Store("before"), Store("after"));
        await before.WriteTextAsync(Model, "model");
        await WriteJobAsync(before, "a1", JobKinds.MeasureLatency, error: null);
        await WriteJobAsync(before, "b2", JobKinds.MeasureLatency, error: "no device");
        await WriteJobAsync(before, "c3", JobKinds.TrainSupernet, error: null);
        await before.WriteJsonAsync(BlobLayout.OrphanSuspects, new[] { "c3" }); // Housekeeping may have looked meanwhile.

        await _memory.KeepAsync(before, default);
        await _memory.KeepLimitAsync(8.4, default);

        Assert.True(await _memory.RestoreAsync(after, default));
        Assert.Equal("model"u8.ToArray(), await after.ReadAsync(Model));
        Assert.True(await after.ExistsAsync(BlobLayout.JobInput("a1")));
        Assert.True(await after.ExistsAsync(BlobLayout.JobOutput("a1")));
        Assert.False(await after.ExistsAsync(BlobLayout.JobOutput("b2")));
        Assert.False(await after.ExistsAsync(BlobLayout.JobOutput("c3")));
        Assert.Equal(8.4, await _memory.TryGetLimitAsync(default));
    }

    [Fact]
    public async Task What_is_forgotten_is_gone()
    {
        await _memory.KeepLimitAsync(8.4, default);

        _memory.Forget();

        Assert.Null(await _memory.TryGetLimitAsync(default));
        Assert.False(await _memory.RestoreAsync(Store("after"), default));
    }

    private static async Task WriteJobAsync(DirectoryArtifactStore store, string id, string kind, string? error)
    {
        await store.WriteTextAsync(BlobLayout.JobInput(id), "{}");
        JsonElement? value = error is null ? JsonSerializer.SerializeToElement(1) : null;
        await store.WriteJsonAsync(BlobLayout.JobOutput(id), new JobResult(id, kind, value, error, 1, "cpu"));
    }

    private DirectoryArtifactStore Store(string name) => new(Path.Combine(_folder.Path, name));
}
