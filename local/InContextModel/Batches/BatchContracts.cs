using System.Text.Json;

namespace HsNas.Local.InContextModel.Batches;

/// <summary>A file, in the official form.</summary>
internal sealed record FileObject(
    string Id, string Object, long Bytes, long CreatedAt, string Filename, string Purpose, string Status = "processed");

/// <summary>A request to answer the questions of a file.</summary>
internal sealed record BatchRequest(string? InputFileId, string? Endpoint, string? CompletionWindow, Dictionary<string, string>? Metadata);

/// <summary>A batch, in the official form; <see cref="Status"/> is validating, in_progress, completed, failed or expired.</summary>
internal sealed record BatchObject(
    string Id, string Object, string Endpoint, string InputFileId, string CompletionWindow, string Status, long CreatedAt)
{
    /// <summary>Answers with status 200, a line each; null where there are none.</summary>
    public string? OutputFileId { get; init; }

    /// <summary>Questions that failed or expired, a line each; null where there are none.</summary>
    public string? ErrorFileId { get; init; }

    /// <summary>Why a batch failed as a whole.</summary>
    public BatchErrors? Errors { get; init; }

    /// <summary>How far it is.</summary>
    public BatchCounts RequestCounts { get; init; } = new(0, 0, 0);

    /// <summary>As the client gave it.</summary>
    public Dictionary<string, string>? Metadata { get; init; }
}

/// <summary>Counts of a batch.</summary>
internal sealed record BatchCounts(int Total, int Completed, int Failed);

/// <summary>Faults of an input file.</summary>
internal sealed record BatchErrors(string Object, IReadOnlyList<BatchError> Data);

/// <summary>A fault; lines are counted from 1.</summary>
internal sealed record BatchError(string Code, string Message, int? Line);

/// <summary>A page of batches, newest first.</summary>
internal sealed record BatchList(string Object, IReadOnlyList<BatchObject> Data, bool HasMore, string? FirstId, string? LastId);

/// <summary>A line of an input file.</summary>
internal sealed record BatchLine(string? CustomId, string? Method, string? Url, JsonElement Body);

/// <summary>A line of an output or error file.</summary>
internal sealed record BatchAnswer(string Id, string CustomId, BatchResponse? Response, ChatErrorLine? Error);

/// <summary>What the chat endpoint would have answered.</summary>
internal sealed record BatchResponse(int StatusCode, string RequestId, object Body);

/// <summary>Why a question has no response.</summary>
internal sealed record ChatErrorLine(string Code, string Message);

/// <summary>How batches behave, from configuration section "Batches".</summary>
internal sealed record BatchOptions
{
    /// <summary>How long a batch takes, zero or above.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Questions of a batch that are answered before it expires; it never expires where null.</summary>
    public int? ExpireAfter { get; init; }

    /// <summary>The options, if they are in range.</summary>
    /// <exception cref="InvalidOperationException">Names the option.</exception>
    public BatchOptions Validated()
    {
        if (Delay < TimeSpan.Zero) throw new InvalidOperationException("Batches:Delay must not be negative.");
        return ExpireAfter is null or >= 0 ? this : throw new InvalidOperationException("Batches:ExpireAfter must not be negative.");
    }
}
