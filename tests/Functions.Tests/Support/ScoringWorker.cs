using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Storage.Queues;
using HsNas.Contracts;
using HsNas.Contracts.Jobs;
using HsNas.Contracts.Supernets;
using HsNas.Kernel.Stores;
using HsNas.Spaces;
using HsNas.Tests.Support;

namespace HsNas.Functions.Tests.Support;

/// <summary>
/// A worker that knows no supernet: its losses are a function of the architecture, so that a test can compute them too, and so are its
/// latencies. It takes jobs from the real queue and answers as a worker does, with a result blob and a reply.
/// </summary>
internal sealed class ScoringWorker : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _work;

    /// <summary>A worker of an app, on a device whose latencies count layers, or are as a test says.</summary>
    /// <param name="app">The app.</param>
    /// <param name="latency">Latency of an architecture.</param>
    /// <param name="others">Does the kinds of jobs that this worker does not know.</param>
    /// <param name="isNewer">Whether it says more than this version's worker does: fields that the app does not know.</param>
    public ScoringWorker(
        FunctionApp app, Func<Architecture, LatencyMeasurement>? latency = null,
        Func<IArtifactStore, WorkerJob, Task<JsonElement>>? others = null, bool isNewer = false) =>
        _work = WorkAsync(app, latency ?? Latency, others ?? Refuse, isNewer, _stop.Token);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private static async Task WorkAsync(
        FunctionApp app, Func<Architecture, LatencyMeasurement> latency, Func<IArtifactStore, WorkerJob, Task<JsonElement>> others,
        bool isNewer, CancellationToken stop)
    {
        var (jobs, replies) = (app.Queues.GetQueueClient(BlobLayout.JobQueue), app.Queues.GetQueueClient(BlobLayout.ReplyQueue));
        await jobs.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        await replies.CreateIfNotExistsAsync(cancellationToken: CancellationToken.None);
        while (!stop.IsCancellationRequested)
        {
            var messages = (await jobs.ReceiveMessagesAsync(16, cancellationToken: CancellationToken.None)).Value;
            foreach (var message in messages)
            {
                var job = WorkerJob.Parse(message.Body.ToString());
                await AnswerAsync(app.Store, replies, job, await ResultAsync(app.Store, latency, others, job), isNewer);
                await jobs.DeleteMessageAsync(message.MessageId, message.PopReceipt, CancellationToken.None);
            }

            if (messages.Length == 0) await Task.Delay(10, CancellationToken.None);
        }
    }

    private static async Task AnswerAsync(IArtifactStore store, QueueClient replies, WorkerJob job, JsonElement value, bool isNewer)
    {
        var result = JsonSerializer.SerializeToNode(new JobResult(job.JobId, job.Kind, value, null, 0.1, "test"), Kernel.Json.Options)!;
        var reply = JsonSerializer.SerializeToNode(new WorkerReply(job.JobId, job.InstanceId), Kernel.Json.Options)!;
        foreach (var said in isNewer ? [result, result["value"]!, reply] : Array.Empty<JsonNode>()) said["ofTheNextVersion"] = "yes";
        await store.WriteJsonAsync(BlobLayout.JobOutput(job.JobId), result);
        await replies.SendMessageAsync(reply.ToJsonString());
    }

    private static async Task<JsonElement> ResultAsync(
        IArtifactStore store, Func<Architecture, LatencyMeasurement> latency, Func<IArtifactStore, WorkerJob, Task<JsonElement>> others,
        WorkerJob job)
    {
        Task<T> InputAsync<T>() => store.ReadJsonAsync<T>(BlobLayout.JobInput(job.JobId));
        switch (job.Kind)
        {
            case JobKinds.Score:
                var score = await InputAsync<ScoreInput>();
                return Json(ScoreJob.Answer(score, new MadeUpLosses(), TaskCatalog.Get(score.Task).Space, CancellationToken.None));
            case JobKinds.MeasureLatency:
                var measured = (await InputAsync<MeasureLatencyInput>()).Architectures.Select(latency);
                return Json(new MeasureLatencyResult("test", [.. measured]));
            case JobKinds.TrainSupernet:
                var weights = BlobLayout.Supernet((await InputAsync<TrainSupernetInput>()).Fingerprint(SupernetKinds.BuiltIn));
                await store.WriteTextAsync(weights, "weights");
                return Json(new TrainSupernetResult(weights.ToString(), 1, 1, 1, 1));
            default:
                return await others(store, job);
        }
    }

    private static Task<JsonElement> Refuse(IArtifactStore store, WorkerJob job) =>
        throw new InvalidOperationException($"No test asks this worker for {job.Kind}.");

    private static LatencyMeasurement Latency(Architecture architecture) =>
        new(architecture.EncoderLayers, architecture.DecoderLayers, 0.1, 0.1, 1, 1);

    private static JsonElement Json<T>(T value) => JsonSerializer.SerializeToElement(value, Kernel.Json.Options);
}
