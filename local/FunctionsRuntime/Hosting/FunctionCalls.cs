using System.Collections.Concurrent;
using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>
/// Calls functions as the official worker does. Its generated executor calls functions of public classes. Those of other classes go
/// through its reflection invoker, which reads the result of the finished task: their exceptions arrive in an AggregateException.
/// An exception that a method throws before it returns a task arrives as it is, except where the method returns a plain Task.
/// </summary>
internal sealed class FunctionCalls
{
    private readonly ConcurrentDictionary<(Type Returned, bool Wraps), Func<object, Task<object?>>> awaiters = new();

    /// <summary>Whether the official worker would wrap what the method throws.</summary>
    internal static bool Wraps(MethodInfo method) => !method.DeclaringType!.IsVisible;

    internal static bool ReturnsValueTask(MethodInfo method) =>
        method.ReturnType == typeof(ValueTask) || Generic(method.ReturnType) == typeof(ValueTask<>);

    internal Task<object?> CallAsync(MethodInfo method, object? instance, object?[] arguments)
    {
        var wraps = Wraps(method);
        if (wraps && method.ReturnType == typeof(Task))
        {
            return Wrapped(CallPlainAsync(method, instance, arguments));
        }

        return Invoke(method, instance, arguments) is { } returned
            ? awaiters.GetOrAdd((method.ReturnType, wraps), key => MakeAwaiter(key.Returned, key.Wraps))(returned)
            : Task.FromResult<object?>(null);
    }

    private static async Task<object?> CallPlainAsync(MethodInfo method, object? instance, object?[] arguments)
    {
        await (Task)Invoke(method, instance, arguments)!;
        return null;
    }

    private static object? Invoke(MethodInfo method, object? instance, object?[] arguments) =>
        method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);

    private static Func<object, Task<object?>> MakeAwaiter(Type returned, bool wraps)
    {
        if (returned == typeof(Task))
        {
            return async task =>
            {
                await (Task)task;
                return null;
            };
        }

        if (returned == typeof(ValueTask))
        {
            return async task =>
            {
                await (ValueTask)task;
                return null;
            };
        }

        if (Generic(returned) is { } open && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
        {
            var name = open == typeof(ValueTask<>) ? nameof(OfValueTask) : wraps ? nameof(WrappedTask) : nameof(OfTask);
            return typeof(FunctionCalls).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(returned.GetGenericArguments()[0])
                .CreateDelegate<Func<object, Task<object?>>>();
        }

        return result => Task.FromResult<object?>(result);
    }

    private static Type? Generic(Type type) => type.IsGenericType ? type.GetGenericTypeDefinition() : null;

    private static async Task<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async Task<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;

    private static Task<object?> WrappedTask<T>(object task) => Wrapped((Task<T>)task);

    private static Task<object?> Wrapped<T>(Task<T> task) => task.ContinueWith<object?>(
        finished => finished.Result, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Current);
}
