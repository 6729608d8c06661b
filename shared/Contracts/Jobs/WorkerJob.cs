using System.Text.Json;
using System.Text.Json.Serialization;
using HsNas.Kernel;

namespace HsNas.Contracts.Jobs;

/// <summary>What a worker can be asked to do. The wire name is <see cref="JobKinds"/>' constant.</summary>
public static class JobKinds
{
    /// <summary>Train a weight-sharing supernet.</summary>
    public const string TrainSupernet = "train-supernet";

    /// <summary>Validation loss of candidates with inherited supernet weights.</summary>
    public const string Score = "score";

    /// <summary>Fit the distilled MLP.</summary>
    public const string TrainRegressor = "train-regressor";

    /// <summary>Measure latencies on the worker's device.</summary>
    public const string MeasureLatency = "measure-latency";

    /// <summary>Train one architecture from scratch and compute its BLEU.</summary>
    public const string TrainFromScratch = "train-from-scratch";

    /// <summary>Validation loss and BLEU of architectures with inherited supernet weights.</summary>
    public const string Evaluate = "evaluate";

    /// <summary>Translate a part of a training text with a trained model.</summary>
    public const string TranslateText = "translate-text";

    /// <summary>All kinds.</summary>
    public static readonly IReadOnlyList<string> All =
        [TrainSupernet, Score, TrainRegressor, MeasureLatency, TrainFromScratch, Evaluate, TranslateText];
}

/// <summary>
/// A message on queue <c>worker-jobs</c>: references only. <paramref name="JobId"/> is a content hash, so a repeated
/// message is found done.
/// </summary>
/// <param name="Schema">Version of this form: 1.</param>
/// <param name="JobId">Lower-case hexadecimal content hash.</param>
/// <param name="Kind">One of <see cref="JobKinds.All"/>.</param>
/// <param name="InstanceId">The orchestration instance that waits for the result.</param>
/// <param name="InputBlob">Where the job's input lies, "container/name".</param>
/// <param name="OutputBlob">Where the result must be written, "container/name". It is the truth; the reply only a wake-up.</param>
/// <param name="Deliveries">Deliveries of earlier copies of this message, where a worker put it back; null where it is the first.</param>
/// <param name="TraceParent">The span that sent it, as W3C traceparent; null, and not written, where nothing is traced.</param>
/// <param name="Waits">How often it was put back for a newer worker (docs/durability.md); null where it never was.</param>
public sealed record WorkerJob(
    int Schema, string JobId, string Kind, string InstanceId, string InputBlob, string OutputBlob,
    int? Deliveries = null, string? TraceParent = null, int? Waits = null)
{
    /// <summary>
    /// The schema written by this version. It grows with a field that no reader may ignore; others may be added without.
    /// </summary>
    public const int CurrentSchema = 1;

    /// <summary>Fields of a newer version, which go with the message wherever it is sent; null where there are none.</summary>
    [JsonExtensionData]
    public Dictionary<string, JsonElement>? Newer { get; init; }

    private const int MostDeliveries = 1000;

    /// <summary>The id of the job that an input stands for: equal inputs are one job.</summary>
    public static string IdOf<T>(string kind, T input) => Hashing.Fingerprint(kind, JsonSerializer.Serialize(input, Json.Options));

    /// <summary>The message of a job whose input lies where the layout wants it.</summary>
    public static WorkerJob Of(string jobId, string kind, string instanceId) =>
        new(CurrentSchema, jobId, kind, instanceId, BlobLayout.JobInput(jobId).ToString(), BlobLayout.JobOutput(jobId).ToString());

    /// <summary>Reads a message. Schema and kind are not judged: a worker answers those it does not know with an error result.</summary>
    /// <exception cref="Kernel.Validation.DataFormatException">It is no job; the field and what is allowed are named.</exception>
    public static WorkerJob Parse(string message)
    {
        var job = MessageReader.Read<WorkerJob>(BlobLayout.JobQueue, message);
        MessageReader.DemandIds(BlobLayout.JobQueue, job.JobId, job.InstanceId);
        MessageReader.Demand(job.Kind is { Length: > 0 }, BlobLayout.JobQueue, "kind", job.Kind, string.Join(", ", JobKinds.All));
        var (input, output) = (BlobLayout.JobInput(job.JobId).ToString(), BlobLayout.JobOutput(job.JobId).ToString());
        MessageReader.Demand(job.InputBlob == input, BlobLayout.JobQueue, "inputBlob", job.InputBlob, input);
        MessageReader.Demand(job.OutputBlob == output, BlobLayout.JobQueue, "outputBlob", job.OutputBlob, output);
        MessageReader.Demand(
            job.Deliveries is null or (>= 0 and <= MostDeliveries), BlobLayout.JobQueue, "deliveries", $"{job.Deliveries}",
            $"0 to {MostDeliveries}");
        return job;
    }
}

/// <summary>
/// A message on queue <c>worker-replies</c>: job <paramref name="JobId"/> has a result blob; wake <paramref name="InstanceId"/>.
/// </summary>
/// <param name="JobId">The finished job.</param>
/// <param name="InstanceId">The instance to wake.</param>
/// <param name="TraceParent">The span that did the job, as W3C traceparent; null, and not written, where nothing is traced.</param>
/// <remarks>Fields of a newer worker are ignored: a reply only wakes somebody up.</remarks>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Skip)]
public sealed record WorkerReply(string JobId, string InstanceId, string? TraceParent = null)
{
    /// <summary>Reads a message.</summary>
    /// <exception cref="Kernel.Validation.DataFormatException">It is no reply; the field and what is allowed are named.</exception>
    public static WorkerReply Parse(string message)
    {
        var reply = MessageReader.Read<WorkerReply>(BlobLayout.ReplyQueue, message);
        MessageReader.DemandIds(BlobLayout.ReplyQueue, reply.JobId, reply.InstanceId);
        return reply;
    }
}
