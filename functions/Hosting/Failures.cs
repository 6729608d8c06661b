using System.Text.Json;
using Microsoft.DurableTask;

namespace HsNas.Functions.Hosting;

/// <summary>
/// Finds what a function threw in what the worker makes of it. The worker wraps exceptions of functions in non-public classes in an
/// <see cref="AggregateException"/>, and the durable extension writes those of activities as JSON. Ours are public; histories of
/// older versions hold wrapped failures, and a class that is made internal again must not change what is retried or answered.
/// </summary>
internal static class Failures
{
    private static readonly JsonSerializerOptions AnyCase = new() { PropertyNameCaseInsensitive = true };

    /// <summary>The exception inside any number of <see cref="AggregateException"/>s that hold one each; one of several stays.</summary>
    public static Exception Unwrapped(this Exception exception)
    {
        while (exception is AggregateException { InnerExceptions: [var only] }) exception = only;
        return exception;
    }

    /// <summary>The failure, what caused it, what caused that, and so on.</summary>
    public static IEnumerable<TaskFailureDetails> Chain(this TaskFailureDetails failure)
    {
        for (var link = failure; link is not null; link = link.InnerFailure) yield return link;
    }

    /// <summary>Whether the failure, or anything that caused it, is one of the types.</summary>
    public static bool IsCausedByAny(this TaskFailureDetails failure, IReadOnlyCollection<Type> types) =>
        failure.Chain().Any(link => types.Any(link.IsCausedBy));

    /// <summary>The message of what a function threw, for logs and spans.</summary>
    public static string MessageOf(Exception exception)
    {
        var message = exception.Unwrapped().Message;
        var failure = message.StartsWith('{') ? TryRead(message) : null;
        while (failure is { ErrorType: "System.AggregateException", InnerFailure: { } inner }) failure = inner;
        return failure?.ErrorMessage ?? message;
    }

    private static WrittenFailure? TryRead(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<WrittenFailure>(json, AnyCase);
        }
        catch (JsonException)
        {
            return null; // A message that only looks like JSON is a message.
        }
    }

    private sealed record WrittenFailure(string? ErrorType, string? ErrorMessage, WrittenFailure? InnerFailure);
}
