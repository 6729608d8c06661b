using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Contracts;

/// <summary>Where every blob and queue lies. No other file spells a container, a queue or a blob name.</summary>
public static partial class BlobLayout
{
    /// <summary>Corpora, vocabularies, seed architectures, task definitions.</summary>
    public const string Datasets = "datasets";

    /// <summary>Supernet checkpoints.</summary>
    public const string Checkpoints = "checkpoints";

    /// <summary>Distilled predictors, their labels and scorecards.</summary>
    public const string PredictorsContainer = "predictors";

    /// <summary>Latency data sets and predictors, by device.</summary>
    public const string Latencies = "latencies";

    /// <summary>Append-only answers of the language model.</summary>
    public const string Ledger = "ledger";

    /// <summary>Inputs and results of worker jobs.</summary>
    public const string Jobs = "jobs";

    /// <summary>State, result and report of each search.</summary>
    public const string Searches = "searches";

    /// <summary>Rows, commands and outcomes of each sweep.</summary>
    public const string Sweeps = "sweeps";

    /// <summary>Dropping a request here starts a search.</summary>
    public const string SearchRequests = "search-requests";

    /// <summary>Queue of worker jobs.</summary>
    public const string JobQueue = "worker-jobs";

    /// <summary>Queue of worker replies.</summary>
    public const string ReplyQueue = "worker-replies";

    /// <summary>Queue of Event Grid's events of blobs in <see cref="SearchRequests"/>.</summary>
    public const string RequestEventQueue = "search-request-events";

    /// <summary>All containers.</summary>
    public static readonly IReadOnlyList<string> Containers =
        [Datasets, Checkpoints, PredictorsContainer, Latencies, Ledger, Jobs, Searches, Sweeps, SearchRequests];

    /// <summary>All queues, poison queues included.</summary>
    public static readonly IReadOnlyList<string> Queues =
        [JobQueue, ReplyQueue, RequestEventQueue, JobQueue + "-poison", ReplyQueue + "-poison", RequestEventQueue + "-poison"];

    /// <summary>Which data set a task uses now: a <see cref="DatasetManifest"/>.</summary>
    public static BlobPath CurrentDataset(string task) => new(Datasets, $"{task}/current.json");

    /// <summary>The task of a listed blob that is a <see cref="CurrentDataset"/>; null where it is another blob.</summary>
    public static string? TaskOfDataset(string name) => OwnerOf(name, CurrentDataset);

    /// <summary>The task of a listed blob that is a <see cref="Task"/> definition; null where it is another blob.</summary>
    public static string? TaskOfDefinition(string name) => OwnerOf(name, Task);

    /// <summary>Where all files of a data set lie, as the start of their names in <see cref="Datasets"/>.</summary>
    public static string DatasetFolder(string task, string hash) => $"{task}/{hash}/";

    /// <summary>Token ids of a part, or of one of the shards that a large one is cut into.</summary>
    public static BlobPath Corpus(string task, string hash, CorpusPart part, int shard = 0) =>
        new(Datasets, shard == 0 ? $"{task}/{hash}/{Lower(part)}.bin" : $"{task}/{hash}/{Lower(part)}-{shard:0000}.bin");

    /// <summary>Target sentences of a part, one a line, as references for BLEU.</summary>
    public static BlobPath References(string task, string hash, CorpusPart part) =>
        new(Datasets, $"{task}/{hash}/{Lower(part)}.target.txt");

    /// <summary>Source sentences of a part, one a line.</summary>
    public static BlobPath SourceText(string task, string hash, CorpusPart part) =>
        new(Datasets, $"{task}/{hash}/{Lower(part)}.source.txt");

    /// <summary>The <see cref="BytePairVocabulary"/>.</summary>
    public static BlobPath Vocabulary(string task, string hash) => new(Datasets, $"{task}/{hash}/vocabulary.json");

    /// <summary>A user's own task definition.</summary>
    public static BlobPath Task(string task) => new(Datasets, $"{task}/task.json");

    /// <summary>Seed architectures with their trained BLEU (TFS-Eval form), where they replace the built-in ones.</summary>
    public static BlobPath Seeds(string task) => new(Datasets, $"{task}/seeds.jsonl");

    /// <summary>Input of a job.</summary>
    public static BlobPath JobInput(string jobId) => new(Jobs, $"{jobId}/input.json");

    /// <summary>Result of a job: <c>JobResult</c>.</summary>
    public static BlobPath JobOutput(string jobId) => new(Jobs, $"{jobId}/output.json");

    /// <summary>The job of a listed blob that is a <see cref="JobInput"/>; null where it is another blob.</summary>
    public static string? JobOfInput(string name) => OwnerOf(name, JobInput);

    /// <summary>The job of a listed blob that is a <see cref="JobOutput"/>; null where it is another blob.</summary>
    public static string? JobOfOutput(string name) => OwnerOf(name, JobOutput);

    /// <summary>The job of a listed blob that is a <see cref="JobCancel"/>; null where it is another blob.</summary>
    public static string? JobOfCancel(string name) => OwnerOf(name, JobCancel);

    /// <summary>Latest progress of a running job: <c>JobProgress</c>.</summary>
    public static BlobPath JobProgress(string jobId) => new(Jobs, $"{jobId}/progress.json");

    /// <summary>What a long job needs to go on after a kill.</summary>
    public static BlobPath JobCheckpoint(string jobId) => new(Jobs, $"{jobId}/checkpoint.bin");

    /// <summary>How far a job was after its last five deliveries: a hash of its checkpoint.</summary>
    public static BlobPath JobMark(string jobId) => new(Jobs, $"{jobId}/mark");

    /// <summary>When a job was taken once more after its worker had died: a list of <c>JobTake</c>; most jobs have none.</summary>
    public static BlobPath JobTakes(string jobId) => new(Jobs, $"{jobId}/takes.json");

    /// <summary>Asks a worker to stop a job.</summary>
    public static BlobPath JobCancel(string jobId) => new(Jobs, $"{jobId}/cancel");

    /// <summary>Ids of jobs that nobody waited for at the last look.</summary>
    public static BlobPath OrphanSuspects { get; } = new(Jobs, "orphan-suspects.json");

    /// <summary>Supernet weights, named by the hash of everything that made them.</summary>
    public static BlobPath Supernet(string fingerprint) => new(Checkpoints, $"supernet-{fingerprint}.bin");

    /// <summary>Losses under one supernet and validation set, shared by searches.</summary>
    public static BlobPath ScoreCache(string fingerprint) => new(Checkpoints, $"losses-{fingerprint}.json");

    /// <summary>Weights of a model that a job trained from scratch.</summary>
    public static BlobPath TrainedModel(string jobId) => new(Checkpoints, $"model-{jobId}.bin");

    /// <summary>A file of a model that was exported after a job.</summary>
    public static BlobPath Export(string jobId, string file) => new(Checkpoints, $"export-{jobId}/{file}");

    /// <summary>The job after which a file was exported, of a path that <see cref="Export"/> made.</summary>
    public static string JobOfExport(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        var folder = BlobPath.Parse(path).Name.Split('/')[0];
        return folder[(folder.IndexOf('-', StringComparison.Ordinal) + 1)..];
    }

    /// <summary>A part of a training text as a teacher translated it: an <see cref="EncodedCorpus"/>.</summary>
    public static BlobPath DistilledText(string task, string hash, string teacher, int shard, int shards) =>
        new(Datasets, $"{DatasetFolder(task, hash)}distilled-{teacher}/{shard:0000}-of-{shards:0000}.bin");

    /// <summary>Looked for, never written, to see whether storage answers.</summary>
    public static BlobPath HealthProbe { get; } = new(Searches, "health");

    /// <summary>A request that was dropped as a blob.</summary>
    /// <param name="name">Name of its blob without the ending.</param>
    public static BlobPath Request(string name) => new(SearchRequests, $"{name}.json");

    /// <summary>The name of the request that an event's subject tells of; null where it is about another blob.</summary>
    public static string? NameOfRequest(string subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        const string Start = $"/blobServices/default/containers/{SearchRequests}/blobs/", End = ".json";
        return subject.Length > Start.Length + End.Length && subject.StartsWith(Start, StringComparison.Ordinal)
            && subject.EndsWith(End, StringComparison.Ordinal) ? subject[Start.Length..^End.Length] : null;
    }

    /// <summary>The answer to a request that was dropped as a blob.</summary>
    /// <param name="name">Name of the request's blob without its ending.</param>
    /// <param name="suffix">What the answer is, with its dot or hyphen in front.</param>
    public static BlobPath RequestAnswer(string name, string suffix) => new(SearchRequests, $"{name}{suffix}.json");

    /// <summary>Latency records of a device, HAT's csv form.</summary>
    public static BlobPath LatencyData(string device, string task) => new(Latencies, $"{device}/{task}.csv");

    /// <summary>Latency predictor of a device.</summary>
    public static BlobPath LatencyModel(string device, string task) => new(Latencies, $"{device}/{task}.json");

    /// <summary>The latency limit that the demo chose for this machine.</summary>
    public static BlobPath DemoLatencyLimit { get; } = new(Latencies, "demo-limit.json");

    /// <summary>One answer of a language model.</summary>
    public static BlobPath LedgerEntry(string key) => new(Ledger, $"{key[..2]}/{key}.json");

    // The task or job in whose folder a listed blob lies, if it is the one that the layout puts there.
    private static string? OwnerOf(string name, Func<string, BlobPath> layout) =>
        name.Split('/')[0] is { Length: > 0 } owner && layout(owner).Name == name ? owner : null;

    private static string Lower(CorpusPart part) => part.ToString().ToLowerInvariant();
}
