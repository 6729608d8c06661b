using HsNas.Contracts;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Jobs;

/// <summary>
/// Cancels worker jobs that nobody waits for. A job is submitted a moment before its search says that it waits for it, so a job
/// is cancelled only where it had no waiter at two looks in a row. Suspects are a blob, because each look may be another
/// process's. Looking twice at once is harmless: a job that is cancelled by mistake is sent again by who waits for it.
/// </summary>
public sealed class OrphanedJobs(WorkerJobs jobs, IArtifactStore store)
{
    /// <summary>Looks at all unfinished jobs; how many were cancelled.</summary>
    /// <param name="waitedFor">Ids of the jobs that somebody waits for.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<int> CancelAsync(IReadOnlySet<string> waitedFor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(waitedFor);
        var orphans = (await UnfinishedAsync(cancellationToken)).Where(j => !waitedFor.Contains(j)).ToList();
        var suspects = await store.TryReadJsonAsync<HashSet<string>>(BlobLayout.OrphanSuspects, cancellationToken) ?? [];
        if (!suspects.SetEquals(orphans)) await store.WriteJsonAsync(BlobLayout.OrphanSuspects, orphans, cancellationToken);
        var sure = orphans.Where(suspects.Contains).ToList();
        foreach (var job in sure) await jobs.CancelAsync(job, cancellationToken);
        return sure.Count;
    }

    private async Task<IEnumerable<string>> UnfinishedAsync(CancellationToken cancellationToken)
    {
        var begun = new HashSet<string>(StringComparer.Ordinal);
        var over = new HashSet<string>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            if (BlobLayout.JobOfInput(name) is { } asked) begun.Add(asked);
            else if ((BlobLayout.JobOfOutput(name) ?? BlobLayout.JobOfCancel(name)) is { } ended) over.Add(ended);
        }

        return begun.Except(over);
    }
}
