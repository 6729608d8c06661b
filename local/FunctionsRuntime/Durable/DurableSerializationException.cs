using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.DurableTask;

namespace Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Exceptions;

/// <summary>
/// What middleware sees of a failed activity, as the official durable extension makes it: the message is the failure as JSON, the
/// inner exception is that of the cause, and the cause itself is hidden.
/// </summary>
internal sealed class DurableSerializationException(Exception cause) : Exception(Describe(cause), cause.InnerException)
{
    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public override string? StackTrace => Cause.StackTrace;

    private Exception Cause { get; } = cause;

    /// <summary>What the activity threw, where middleware left it as it was.</summary>
    internal static Exception CauseOf(Exception failure) => failure is DurableSerializationException wrapped ? wrapped.Cause : failure;

    public override string ToString() => Message;

    private static string Describe(Exception cause) => JsonSerializer.Serialize(TaskFailureDetails.FromException(cause), Format);
}
