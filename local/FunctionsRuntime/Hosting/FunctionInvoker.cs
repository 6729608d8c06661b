using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Runs a function: middleware, instance, arguments, result.</summary>
internal sealed class FunctionInvoker
{
    private readonly ConcurrentDictionary<Type, Func<object, Task<object?>>> awaiters = new();
    private readonly IReadOnlyList<IParameterSource> sources;
    private readonly FunctionExecutionDelegate pipeline;

    internal FunctionInvoker(IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, IEnumerable<IParameterSource> sources)
    {
        this.sources = sources.ToList();
        pipeline = middleware.Reverse().Aggregate((FunctionExecutionDelegate)CallAsync, (next, wrap) => wrap(next));
    }

    internal async Task<object?> InvokeAsync(LocalFunctionContext context)
    {
        await pipeline(context);
        return context.Result;
    }

    private async Task CallAsync(FunctionContext context)
    {
        var local = (LocalFunctionContext)context;
        var method = local.Function.Method;
        var arguments = new object?[local.Function.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await BindAsync(local, local.Function.Parameters[i]);
        }

        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(local.InstanceServices, method.DeclaringType!);
        var returned = method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        local.Result = returned is null ? null : await awaiters.GetOrAdd(method.ReturnType, MakeAwaiter)(returned);
    }

    private async ValueTask<object?> BindAsync(LocalFunctionContext context, ParameterInfo parameter)
    {
        var type = parameter.ParameterType;
        if (parameter == context.Function.TriggerParameter)
        {
            return await context.Trigger.ConvertAsync(context, type);
        }

        if (type == typeof(FunctionContext))
        {
            return context;
        }

        if (type == typeof(CancellationToken))
        {
            return context.CancellationToken;
        }

        foreach (var source in sources)
        {
            if (source.Handles(parameter))
            {
                return await source.BindAsync(context, parameter);
            }
        }

        var named = context.BindingContext.BindingData.FirstOrDefault(item => item.Key.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
        if (named.Key is not null)
        {
            return Payload.FromValue(named.Value, type);
        }

        if (context.Trigger.TryBindOther(context, parameter, out var value))
        {
            return value;
        }

        if (parameter.HasDefaultValue)
        {
            return parameter.DefaultValue;
        }

        return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
            ? null
            : throw new FunctionInputConverterException(
                $"The parameter '{parameter.Name}' of the function '{context.Function.Name}' cannot be bound: nothing supplies a {type}.");
    }

    private static Func<object, Task<object?>> MakeAwaiter(Type returned)
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

        if (returned.IsGenericType && returned.GetGenericTypeDefinition() is var open && (open == typeof(Task<>) || open == typeof(ValueTask<>)))
        {
            var name = open == typeof(Task<>) ? nameof(OfTask) : nameof(OfValueTask);
            return typeof(FunctionInvoker).GetMethod(name, BindingFlags.Static | BindingFlags.NonPublic)!
                .MakeGenericMethod(returned.GetGenericArguments()[0])
                .CreateDelegate<Func<object, Task<object?>>>();
        }

        return result => Task.FromResult<object?>(result);
    }

    private static async Task<object?> OfTask<T>(object task) => await (Task<T>)task;

    private static async Task<object?> OfValueTask<T>(object task) => await (ValueTask<T>)task;
}

/// <summary>Fills parameters with a certain binding attribute.</summary>
internal interface IParameterSource
{
    bool Handles(ParameterInfo parameter);

    ValueTask<object?> BindAsync(LocalFunctionContext context, ParameterInfo parameter);
}
