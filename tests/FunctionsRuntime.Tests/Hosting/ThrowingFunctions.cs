using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace HsNas.FunctionsRuntime.Tests.Hosting;

/// <summary>Functions of a public class that throw in every way.</summary>
public static class PublicThrower
{
    [Function("PublicLate")]
    public static Task<IResult> Late([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Throwing.LateAsync<IResult>();

    [Function("PublicPlainEarly")]
    public static Task PlainEarly([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw Throwing.New();

    [Function("PublicCancelled")]
    public static Task<IResult> Cancelled([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Throwing.CancelledAsync();

    [Function("PublicActivity")]
    public static Task<string> Activity([ActivityTrigger] string input) => Throwing.LateAsync<string>();

    [Function("PublicOwn")]
    public static Task<string> Own([OrchestrationTrigger] TaskOrchestrationContext context) => Throwing.AfterTimerAsync(context);

    [Function("PublicTask")]
    public static Task<string> Task([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("PublicActivity", "");

    [Function("PublicValue")]
    public static ValueTask<string> Value([ActivityTrigger] string input) => ValueTask.FromResult("value");
}

/// <summary>
/// The same functions, and some that throw before there is a task, in a class that the official worker calls by reflection.
/// </summary>
internal static class InternalThrower
{
    [Function("InternalLate")]
    public static Task<IResult> Late([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Throwing.LateAsync<IResult>();

    [Function("InternalPlainLate")]
    public static Task PlainLate([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Throwing.LateAsync<IResult>();

    [Function("InternalPlainEarly")]
    public static Task PlainEarly([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw Throwing.New();

    [Function("InternalEarly")]
    public static Task<IResult> Early([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw Throwing.New();

    [Function("InternalNoTask")]
    public static IResult NoTask([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => throw Throwing.New();

    [Function("InternalCancelled")]
    public static Task<IResult> Cancelled([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request) => Throwing.CancelledAsync();

    [Function("InternalFine")]
    public static async Task<IResult> FineAsync([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request)
    {
        await Task.Yield();
        return Results.Text("fine");
    }

    [Function("InternalActivity")]
    public static Task<string> Activity([ActivityTrigger] string input) => Throwing.LateAsync<string>();

    [Function("InternalOwn")]
    public static Task<string> Own([OrchestrationTrigger] TaskOrchestrationContext context) => Throwing.AfterTimerAsync(context);

    [Function("InternalTask")]
    public static Task<string> Tasks([OrchestrationTrigger] TaskOrchestrationContext context) =>
        context.CallActivityAsync<string>("InternalActivity", "");
}

/// <summary>In a class of its own, because no host starts with it.</summary>
internal static class InternalValueTask
{
    [Function("InternalValue")]
    public static ValueTask<string> Value([ActivityTrigger] string input) => ValueTask.FromResult("value");
}

internal static class Throwing
{
    internal static FormatException New() => new("broken", new IOException("disk"));

    internal static async Task<T> LateAsync<T>()
    {
        await Task.Yield();
        throw New();
    }

    internal static async Task<IResult> CancelledAsync()
    {
        await Task.Yield();
        throw new OperationCanceledException("over");
    }

    internal static async Task<string> AfterTimerAsync(TaskOrchestrationContext context)
    {
        await context.CreateTimer(TimeSpan.FromMilliseconds(10), CancellationToken.None);
        throw New();
    }
}
