using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Kernel.Stores;

namespace HsNas.Cli.Models;

/// <summary>Fetches the trained winner of a search: weights, configuration and vocabulary, ready for <c>translate</c>.</summary>
internal static class ModelDownload
{
    /// <summary>
    /// The winner of a finished search; the hybrid run's, or with <paramref name="compared"/> that of the plain supernet search.
    /// </summary>
    /// <exception cref="CliException">The search has no result, or no winner was trained.</exception>
    public static async Task<IReadOnlyList<string>> SaveAsync(
        IArtifactStore store, string searchId, bool compared, string folder, CancellationToken cancellationToken)
    {
        var result = await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(searchId), cancellationToken)
            ?? throw new CliException($"Search {searchId} has no result here; see 'hsnas search status {searchId}'.");
        var run = compared ? result.Comparison ?? throw new CliException($"Search {searchId} compared nothing.") : result.Requested;
        return run.Training is { } training ? await SaveAsync(store, training, folder, cancellationToken)
            : throw new CliException($"Search {searchId} trained no winner.");
    }

    /// <summary>The model of a training; the names of the files written.</summary>
    /// <exception cref="CliException">It was made by a version that exported nothing.</exception>
    public static async Task<IReadOnlyList<string>> SaveAsync(
        IArtifactStore store, TrainFromScratchResult training, string folder, CancellationToken cancellationToken)
    {
        var config = BlobPath.Parse(training.Export ?? throw new CliException("This training left no exported model."));
        var prefix = config.Name[..(config.Name.LastIndexOf('/') + 1)];
        var names = new List<string>();
        Directory.CreateDirectory(folder);
        await foreach (var blob in store.ListAsync(config.Container, prefix, cancellationToken))
        {
            var name = blob[prefix.Length..];
            await File.WriteAllBytesAsync(Path.Combine(folder, name),
                await store.ReadAsync(new BlobPath(config.Container, blob), cancellationToken), cancellationToken);
            names.Add(name);
        }

        return names;
    }
}
