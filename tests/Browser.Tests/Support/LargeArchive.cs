using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Stored;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Browser.Tests.Support;

/// <summary>Makes a search look as one does that scored very many candidates.</summary>
internal static class LargeArchive
{
    /// <summary>How many candidates.</summary>
    public const int Candidates = 10_000;

    /// <summary>Adds candidates to the losses that a search left behind, until there are 10,000; its own stay the first.</summary>
    public static async Task FillAsync(IArtifactStore store, string search, TaskDefinition task)
    {
        var path = BlobLayout.LossesFile(search, RunKind.Requested);
        var own = await store.ReadJsonAsync<LossFile>(path);
        var known = own.Records.Select(r => r.Architecture.Key).ToHashSet(StringComparer.Ordinal);
        var losses = new MadeUpLosses();
        var others = new ArchitectureSampler(task.Space, 77).Distinct(Candidates + own.Records.Count)
            .Where(a => !known.Contains(a.Key)).Take(Candidates - own.Records.Count).Select(losses.Complete);
        await store.WriteJsonAsync(path, new LossFile(own.Blocks, [.. own.Records, .. others]));
    }
}
