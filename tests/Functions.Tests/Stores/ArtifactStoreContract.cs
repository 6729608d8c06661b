using System.Text;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Stores;

/// <summary>What every store of blobs must do.</summary>
public abstract class ArtifactStoreContract
{
    // Names of containers may not hold capitals, and tests share an emulator.
    private readonly string _container = $"c{Guid.NewGuid():N}";

    /// <summary>The store under test.</summary>
    protected abstract IArtifactStore Store { get; }

    [Fact]
    public async Task Blob_is_read_as_it_was_written()
    {
        byte[] bytes = [0, 255, 10, 13];
        await Store.WriteAsync(At("a/b.bin"), bytes);

        Assert.Equal(bytes, await Store.ReadAsync(At("a/b.bin")));
        Assert.True(await Store.ExistsAsync(At("a/b.bin")));
    }

    [Fact]
    public async Task Blob_may_be_empty()
    {
        await Store.WriteAsync(At("empty"), ReadOnlyMemory<byte>.Empty);

        Assert.Empty(await Store.ReadAsync(At("empty")));
    }

    [Fact]
    public async Task Nothing_is_found_where_nothing_was_written()
    {
        Assert.Null(await Store.TryReadAsync(At("a")));
        Assert.False(await Store.ExistsAsync(At("a")));
        Assert.Empty(await ListAsync(""));
        await Store.WriteTextAsync(At("b"), "other");
        Assert.Null(await Store.TryReadAsync(At("a")));
        Assert.Equal(At("a"), (await Assert.ThrowsAsync<ArtifactNotFoundException>(() => Store.ReadAsync(At("a")))).Path);
    }

    [Fact]
    public async Task Write_replaces_what_was_there()
    {
        await Store.WriteTextAsync(At("a"), "a longer text");
        await Store.WriteTextAsync(At("a"), "short");

        Assert.Equal("short", await TextAsync("a"));
    }

    [Fact]
    public async Task Create_changes_nothing_when_the_blob_exists()
    {
        Assert.True(await Store.TryCreateAsync(At("a"), "first"u8.ToArray()));
        Assert.False(await Store.TryCreateAsync(At("a"), "second"u8.ToArray()));

        Assert.Equal("first", await TextAsync("a"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Fact]
    public async Task One_of_many_creators_succeeds_when_all_create_at_once()
    {
        var created = await Task.WhenAll(Enumerable.Range(0, 20)
            .Select(i => Store.TryCreateAsync(At("a"), Encoding.UTF8.GetBytes($"{i}"))));

        Assert.Equal($"{Array.IndexOf(created, true)}", await TextAsync("a"));
        Assert.Single(created, c => c);
    }

    [Fact]
    public async Task Deleted_blob_is_gone_and_may_be_deleted_again()
    {
        await Store.WriteTextAsync(At("a"), "x");
        await Store.DeleteAsync(At("a"));
        await Store.DeleteAsync(At("a"));

        Assert.False(await Store.ExistsAsync(At("a")));
        Assert.True(await Store.TryCreateAsync(At("a"), "y"u8.ToArray()));
    }

    [Fact]
    public async Task List_names_what_starts_with_the_prefix_in_ordinal_order()
    {
        foreach (var name in new[] { "b/2", "b/10", "B/1", "a", "b-", "b/c/d" }) await Store.WriteTextAsync(At(name), name);

        Assert.Equal(["B/1", "a", "b-", "b/10", "b/2", "b/c/d"], await ListAsync(""));
        Assert.Equal(["b/10", "b/2", "b/c/d"], await ListAsync("b/"));
        Assert.Empty(await ListAsync("c"));
    }

    private BlobPath At(string name) => new(_container, name);

    private async Task<string> TextAsync(string name) => Encoding.UTF8.GetString(await Store.ReadAsync(At(name)));

    private async Task<List<string>> ListAsync(string prefix)
    {
        var names = new List<string>();
        await foreach (var name in Store.ListAsync(_container, prefix)) names.Add(name);
        return names;
    }
}
