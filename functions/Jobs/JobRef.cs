namespace HsNas.Functions.Jobs;

/// <summary>A submitted job, small enough for an orchestration's history.</summary>
/// <param name="JobId">Content hash.</param>
/// <param name="Kind">Kind of job.</param>
public sealed record JobRef(string JobId, string Kind);

/// <summary>What is known of a job.</summary>
/// <param name="Done">Whether there is a result.</param>
/// <param name="Error">The result's error; null on success or while it runs.</param>
public sealed record JobOutcome(bool Done, string? Error);

/// <summary>A job ended without success; the message is for the user.</summary>
public sealed class JobFailedException(string message) : Exception(message);
