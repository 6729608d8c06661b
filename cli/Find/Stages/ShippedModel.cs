using HsNas.Cli.Models;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;

namespace HsNas.Cli.Find.Stages;

/// <summary>What <c>find</c> leaves for a product.</summary>
internal static class ShippedModel
{
    /// <summary>Writes the trained winner to <paramref name="folder"/>; the names of the files.</summary>
    public static Task<IReadOnlyList<string>> WriteAsync(
        IArtifactStore store, TrainFromScratchResult training, string folder, CancellationToken cancellationToken) =>
        ModelDownload.SaveAsync(store, training, folder, cancellationToken);
}
