using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Stores;
using HsNas.Trials.Searches;

namespace HsNas.Trials.Chaos;

/// <summary>What a system holds when nothing runs any more.</summary>
/// <param name="Blobs">Hashes of all blobs that must not depend on when, where and how often anything ran, by path.</param>
/// <param name="Jobs">Value of each job with a result, "" where it is a measurement; null where there is an input and no result.</param>
/// <param name="Ledger">The model's answers by key.</param>
/// <param name="Unfinished">Instances that are not over.</param>
/// <param name="Poisoned">Messages in poison queues.</param>
internal sealed record SystemSnapshot(
    IReadOnlyDictionary<string, string> Blobs, IReadOnlyDictionary<string, string?> Jobs, IReadOnlyDictionary<string, string> Ledger,
    IReadOnlyList<string> Unfinished, int Poisoned)
{
    private const string InstancesUrl =
        "/runtime/webhooks/durabletask/instances?top=10000&showInput=false&runtimeStatus=Running,Pending,Suspended,ContinuedAsNew";

    // These hold times, latencies of the device, or what was bought when. Shared losses grow in the order in which searches come.
    private static readonly string[] Volatile = ["context.json", "result.json", "report.html", "champion.json"];

    private static readonly string[] Measurements =
        [JobKinds.MeasureLatency, JobKinds.TrainSupernet, JobKinds.TrainFromScratch, JobKinds.TranslateText];

    /// <summary>Looks at everything.</summary>
    public static async Task<SystemSnapshot> TakeAsync(
        IArtifactStore store, QueueServiceClient queues, HttpClient http, CancellationToken cancellationToken)
    {
        var blobs = new Dictionary<string, string>(StringComparer.Ordinal);
        string[] compared = [BlobLayout.Checkpoints, BlobLayout.PredictorsContainer, BlobLayout.Searches, BlobLayout.Datasets];
        foreach (var container in compared)
        {
            await foreach (var name in store.ListAsync(container, "", cancellationToken))
            {
                if (Volatile.Contains(name.Split('/')[^1]) || name.Contains("/decisions/", StringComparison.Ordinal)
                    || (container == BlobLayout.Checkpoints && name.StartsWith("losses-", StringComparison.Ordinal))
                    || (container == BlobLayout.Datasets && !name.Contains("/distilled-", StringComparison.Ordinal)))
                    continue;
                var path = new BlobPath(container, name);
                blobs[path.ToString()] = Convert.ToHexStringLower(SHA256.HashData(await store.ReadAsync(path, cancellationToken)));
            }
        }

        var poisoned = 0;
        foreach (var queue in BlobLayout.Queues.Where(q => q.EndsWith("-poison", StringComparison.Ordinal)))
        {
            var client = queues.GetQueueClient(queue);
            if (await client.ExistsAsync(cancellationToken))
                poisoned += (await client.GetPropertiesAsync(cancellationToken)).Value.ApproximateMessagesCount;
        }

        return new SystemSnapshot(blobs, await JobsAsync(store, cancellationToken), await LedgerAsync(store, cancellationToken),
            await UnfinishedAsync(http, cancellationToken), poisoned);
    }

    /// <summary>Instances that are not over, "id: status".</summary>
    public static async Task<IReadOnlyList<string>> UnfinishedAsync(HttpClient http, CancellationToken cancellationToken)
    {
        var instances = await http.GetFromJsonAsync<JsonElement>(new Uri(InstancesUrl, UriKind.Relative), cancellationToken);
        return [.. instances.EnumerateArray()
            .Select(i => $"{i.GetProperty("instanceId").GetString()}: {i.GetProperty("runtimeStatus").GetString()}")];
    }

    private static async Task<Dictionary<string, string?>> JobsAsync(IArtifactStore store, CancellationToken cancellationToken)
    {
        var jobs = new Dictionary<string, string?>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(BlobLayout.Jobs, "", cancellationToken))
        {
            if (BlobLayout.JobOfInput(name) is not { } id) continue;
            using var input = JsonDocument.Parse(await store.ReadAsync(BlobLayout.JobInput(id), cancellationToken));
            var result = await store.TryReadJsonAsync<JobResult>(BlobLayout.JobOutput(id), cancellationToken);
            var value = result is null ? null : result.Error is not null ? $"error: {result.Error}" : Measurements.Contains(result.Kind)
                ? "" : result.Value!.Value.GetRawText();
            // Which candidates of a generation are unknown depends on what other searches have scored by then.
            if (IsShared(input.RootElement) && result?.Kind == JobKinds.Score) value = "";
            jobs[$"{(IsShared(input.RootElement) ? "shared" : "own")} {result?.Kind} {id}"] = value;
        }

        return jobs;
    }

    private static bool IsShared(JsonElement input) => !TrialSearch.IsOwnTask(input.GetProperty("task").GetString()!);

    private static async Task<Dictionary<string, string>> LedgerAsync(IArtifactStore store, CancellationToken cancellationToken)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        await foreach (var name in store.ListAsync(BlobLayout.Ledger, "", cancellationToken))
        {
            using var entry = JsonDocument.Parse(await store.ReadAsync(new BlobPath(BlobLayout.Ledger, name), cancellationToken));
            answers[name] = entry.RootElement.GetProperty("answer").GetString()!;
        }

        return answers;
    }
}
