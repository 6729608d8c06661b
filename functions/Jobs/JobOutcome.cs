namespace HsNas.Functions.Jobs;

/// <summary>What is known of a job.</summary>
/// <param name="Done">Whether there is a result.</param>
/// <param name="Error">The result's error; null on success or while it runs.</param>
/// <param name="Progress">Units done, as last reported; null before the first report.</param>
/// <param name="Taken">When workers took it once more; null where none did, or while it runs.</param>
public sealed record JobOutcome(bool Done, string? Error, long? Progress = null, IReadOnlyList<DateTimeOffset>? Taken = null);

/// <summary>A job ended without success; the message is for the user.</summary>
public sealed class JobFailedException(string message) : Exception(message);
