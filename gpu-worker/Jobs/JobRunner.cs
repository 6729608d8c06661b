using HsNas.Storage;
using System.Runtime.InteropServices;
using System.Text.Json;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.GpuWorker.LatencyProbe;
using HsNas.GpuWorker.Training;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using TorchSharp;

namespace HsNas.GpuWorker.Jobs;

/// <summary>
/// Does a job and writes its result blob, which is the truth about it. A job whose result exists is not done again. A job that
/// can never succeed gets an error result. A failure that may pass (storage, a stopped worker) is thrown to the caller, and so is
/// <see cref="NewerJobException"/> where only a newer worker can do the job.
/// </summary>
/// <param name="store">Blobs.</param>
/// <param name="handlers">What can be done, by kind of job.</param>
/// <param name="device">Where handlers compute.</param>
/// <param name="time">Clock.</param>
/// <param name="kinds">Supernets that jobs may name; the built-in kinds where null.</param>
internal sealed class JobRunner(
    IArtifactStore store, IEnumerable<IJobHandler> handlers, torch.Device device, TimeProvider time, SupernetKinds? kinds = null)
{
    private readonly Dictionary<string, IJobHandler> _handlers = handlers.ToDictionary(h => h.Kind, StringComparer.Ordinal);

    /// <summary>Does the job unless its result exists.</summary>
    public async Task<JobResult> RunAsync(WorkerJob job, CancellationToken cancellationToken)
    {
        var output = BlobPath.Parse(job.OutputBlob);
        if (await store.TryReadJsonAsync<JobResult>(output, cancellationToken) is { } known) return known;
        var start = time.GetTimestamp();
        var (value, error) = await TryRunAsync(job, cancellationToken);
        var result =
            new JobResult(job.JobId, job.Kind, value, error, time.GetElapsedTime(start).TotalSeconds, DeviceFingerprint.Of(device));
        // Two workers may have done the same job; the first result stands, so every reader sees one truth.
        var written = await store.TryCreateAsync(output, JsonSerializer.SerializeToUtf8Bytes(result, Json.Options), cancellationToken);
        return written ? result : await store.ReadJsonAsync<JobResult>(output, cancellationToken);
    }

    private async Task<(JsonElement? Value, string? Error)> TryRunAsync(WorkerJob job, CancellationToken cancellationToken)
    {
        var known = $"this worker reads {WorkerJob.CurrentSchema}.";
        if (job.Schema > WorkerJob.CurrentSchema) throw new NewerJobException($"its schema is {job.Schema}; {known}");
        if (job.Schema != WorkerJob.CurrentSchema) return (null, $"schema {job.Schema} is not supported; {known}");
        if (!_handlers.TryGetValue(job.Kind, out var handler))
            throw new NewerJobException($"kind '{job.Kind}' is unknown; allowed: {string.Join(", ", JobKinds.All)}.");
        try
        {
            using var input = JsonDocument.Parse(await store.ReadAsync(BlobPath.Parse(job.InputBlob), cancellationToken));
            var context = new JobContext(job.JobId, store, time, kinds ?? SupernetKinds.BuiltIn);
            // Torch work is synchronous and long: it must not hold up the loop that renews the message.
            var value = await Task.Run(() => handler.RunAsync(context, input.RootElement, cancellationToken), cancellationToken);
            return (JsonSerializer.SerializeToElement(value, value.GetType(), Json.Options), null);
        }
        catch (Exception e) when (IsNamed(e))
        {
            return (null, e.Message);
        }
        catch (Exception e) when (!MaySucceedLater(e))
        {
            // A defect of the worker, or no memory. Another try would fail again, so whoever waits is told.
            return (null, $"unexpected {e.GetType().Name}: {e.Message}");
        }
    }

    // Errors whose message is written for the user; libtorch's own (out of memory among them) are ExternalException.
    private static bool IsNamed(Exception e) =>
        e is JobFailedException or TrainingDataException or InvalidDataException or EndOfStreamException
        or JsonException or FormatException or ExternalException or ArtifactNotFoundException or InvalidInputException;

    private static bool MaySucceedLater(Exception e) =>
        e is OperationCanceledException or NewerJobException || StorageFailure.Is(e);
}
