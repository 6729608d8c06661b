using System.Runtime.CompilerServices;
using HsNas.Kernel.Stores;

namespace HsNas.Storage;

/// <summary>
/// Blobs as files below a folder, for commands that run without a storage account. A write goes to a temporary file that
/// is then moved, so a killed process leaves the old content or the new.
/// </summary>
public sealed class DirectoryArtifactStore(string root) : IArtifactStore
{
    /// <inheritdoc/>
    public async Task<byte[]?> TryReadAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        try
        {
            return await File.ReadAllBytesAsync(FileOf(path), cancellationToken);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public Task<bool> ExistsAsync(BlobPath path, CancellationToken cancellationToken = default) =>
        Task.FromResult(File.Exists(FileOf(path)));

    /// <inheritdoc/>
    public async Task WriteAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var temporary = await WriteTemporaryAsync(path, content, cancellationToken);
        File.Move(temporary, FileOf(path), overwrite: true);
    }

    /// <inheritdoc/>
    public async Task<bool> TryCreateAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken = default)
    {
        var temporary = await WriteTemporaryAsync(path, content, cancellationToken);
        try
        {
            File.Move(temporary, FileOf(path), overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(FileOf(path)))
        {
            File.Delete(temporary);
            return false;
        }
    }

    /// <inheritdoc/>
    public Task DeleteAsync(BlobPath path, CancellationToken cancellationToken = default)
    {
        if (File.Exists(FileOf(path))) File.Delete(FileOf(path));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<string> ListAsync(
        string container, string prefix, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var folder = Path.Combine(root, container);
        if (!Directory.Exists(folder)) yield break;
        var names = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.EndsWith(TemporarySuffix, StringComparison.Ordinal))
            .Select(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'))
            .Where(n => n.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal);
        foreach (var name in names)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await Task.FromResult(name);
        }
    }

    private const string TemporarySuffix = ".part";

    private string FileOf(BlobPath path) => Path.Combine(root, path.Container, path.Name);

    private async Task<string> WriteTemporaryAsync(BlobPath path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        var file = FileOf(path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var temporary = $"{file}.{Guid.NewGuid():N}{TemporarySuffix}";
        await File.WriteAllBytesAsync(temporary, content, cancellationToken);
        return temporary;
    }
}
