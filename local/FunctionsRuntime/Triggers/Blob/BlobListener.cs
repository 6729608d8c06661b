using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Azure.Storage.Queues;
using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Triggers.Blob;

/// <summary>Scans one container for one function: every new version of a matching blob once, at most five attempts.</summary>
internal sealed class BlobListener : IDisposable
{
    internal const string PoisonQueue = "webjobs-blobtrigger-poison";

    private static readonly TimeSpan ScanInterval = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, bool> running = new();
    private readonly FunctionDescriptor function;
    private readonly BlobPathPattern path;
    private readonly BlobContainerClient container;
    private readonly QueueClient poison;
    private readonly HostSettings settings;
    private readonly TriggerRunner runner;
    private readonly TimeProvider time;
    private readonly ILogger logger;
    private readonly BlobReceipts receipts;
    private readonly SemaphoreSlim slots;

    internal BlobListener(
        FunctionDescriptor function,
        BlobPathPattern path,
        BlobContainerClient container,
        QueueClient poison,
        HostSettings settings,
        TriggerRunner runner,
        OrchestrationEngine engine,
        ILogger logger)
    {
        this.function = function;
        this.path = path;
        this.container = container;
        this.poison = poison;
        this.settings = settings;
        this.runner = runner;
        this.logger = logger;
        time = engine.Time;
        receipts = new BlobReceipts(engine.Database, function.Name, container.Name);
        slots = new SemaphoreSlim(settings.BlobMaxDegreeOfParallelism);
    }

    public void Dispose() => slots.Dispose();

    internal async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (!stopping.IsCancellationRequested)
            {
                await ScanAsync(stopping);
                await Task.Delay(ScanInterval, time, stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            for (var slot = 0; slot < settings.BlobMaxDegreeOfParallelism; slot++)
            {
                await slots.WaitAsync(CancellationToken.None); // All slots are free once all attempts are over.
            }
        }
    }

    private async Task ScanAsync(CancellationToken stopping)
    {
        try
        {
            var known = receipts.Load();
            await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, path.Prefix, stopping))
            {
                var etag = blob.Properties.ETag?.ToString() ?? string.Empty;
                var seen = known.TryGetValue(blob.Name, out var receipt) && receipt.ETag == etag;
                if ((seen && receipt.Done) || running.ContainsKey(blob.Name) || path.Match(blob.Name) is not { } tokens)
                {
                    continue;
                }

                await slots.WaitAsync(stopping);
                running[blob.Name] = true;
                _ = ProcessAsync(blob, etag, tokens, seen ? receipt.Attempts : 0, stopping);
            }
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // The container is not there yet.
        }
        catch (Exception failure) when (failure is RequestFailedException or AggregateException)
        {
            logger.LogWarning(failure, "The container {Container} cannot be scanned", container.Name);
        }
    }

    private async Task ProcessAsync(
        BlobItem blob, string etag, Dictionary<string, object?> tokens, int attempts, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            for (var attempt = attempts + 1; !stopping.IsCancellationRequested; attempt++)
            {
                if (await TryAsync(blob, etag, tokens, attempt, stopping))
                {
                    return;
                }
            }
        }
        catch (RequestFailedException failure)
        {
            logger.LogWarning(failure, "{Container}/{Blob} could not be settled and will be tried again", container.Name, blob.Name);
        }
        finally
        {
            running.TryRemove(blob.Name, out _);
            slots.Release();
        }
    }

    /// <summary>True if the blob needs no further attempt.</summary>
    private async Task<bool> TryAsync(
        BlobItem blob, string etag, Dictionary<string, object?> tokens, int attempt, CancellationToken stopping)
    {
        try
        {
            await runner.RunAsync(function, new BlobTriggerData(container, blob.Name, tokens), stopping);
            receipts.Save(blob.Name, etag, attempt, done: true);
            return true;
        }
        catch (Exception failure) when (!stopping.IsCancellationRequested)
        {
            logger.LogError(
                failure, "{Function} failed on {Container}/{Blob}, attempt {Attempt}", function.Name, container.Name, blob.Name, attempt);
        }
        catch (Exception)
        {
            return true; // The host stops. The blob has no receipt yet, so it comes again.
        }

        var exhausted = attempt >= settings.PoisonBlobThreshold;
        if (exhausted)
        {
            await poison.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
            await poison.SendMessageAsync(
                JsonSerializer.Serialize(new
                {
                    Type = "BlobTrigger",
                    FunctionId = $"Host.Functions.{function.Name}",
                    BlobType = (blob.Properties.BlobType ?? BlobType.Block) + "Blob",
                    ContainerName = container.Name,
                    BlobName = blob.Name,
                    ETag = etag,
                }),
                CancellationToken.None);
        }

        receipts.Save(blob.Name, etag, attempt, done: exhausted);
        return exhausted;
    }
}
