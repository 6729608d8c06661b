using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Ranking;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Benchmarks.Durability;

/// <summary>
/// <c>generation-cost CONNECTION SEARCH</c>: what a generation of a finished search took beyond its scoring: queue, orchestration and
/// blobs. The search must have raced, with one score job a generation, and be the only one in its storage account.
/// </summary>
internal static class GenerationCost
{
    public static async Task<int> RunAsync(string connection, string search)
    {
        var blobs = StorageAccount.Of(connection).CreateBlobs();
        var store = new BlobArtifactStore(blobs);
        var run = (await store.ReadJsonAsync<SearchResult>(BlobLayout.ResultFile(search))).Requested;
        var jobs = new List<(DateTimeOffset Written, double Seconds)>();
        await foreach (var name in store.ListAsync(BlobLayout.Jobs, ""))
        {
            if (BlobLayout.JobOfOutput(name) is not { } job) continue;
            var output = await store.ReadJsonAsync<JobResult>(BlobLayout.JobOutput(job));
            if (output.Kind == JobKinds.Score) jobs.Add((await WrittenAsync(BlobLayout.JobOutput(job)), output.Seconds));
        }

        var distilled = run.Rankers[RankerIds.Distilled].Generations;
        var supernet = run.Rankers[RankerIds.Supernet].Generations;
        if (jobs.Count < supernet)
            throw new InvalidOperationException($"The supernet ranked {supernet} generations in {jobs.Count} jobs; one each is needed.");
        // What was scored behind the last generation belongs to the floors.
        var seconds = jobs.OrderBy(j => j.Written).Take(supernet).Select(j => j.Seconds).ToList();
        var (wall, scoring) = (run.SupernetSeconds / supernet, seconds.Average());
        Console.WriteLine(FormattableString.Invariant($"distilled: {distilled} generations, {run.DistilledSeconds / distilled:F3} s each"));
        Console.WriteLine(FormattableString.Invariant(
            $"supernet: {supernet} generations, {wall:F3} s each, of which {scoring:F3} s in the job; {wall - scoring:F3} s beyond it"));
        return 0;

        async Task<DateTimeOffset> WrittenAsync(BlobPath path) =>
            (await blobs.GetBlobContainerClient(path.Container).GetBlobClient(path.Name).GetPropertiesAsync()).Value.LastModified;
    }
}
