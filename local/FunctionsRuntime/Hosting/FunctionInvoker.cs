using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.DurableTask.Exceptions;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Runs a function: middleware, instance, arguments, result.</summary>
internal sealed class FunctionInvoker
{
    private readonly FunctionCalls calls = new();
    private readonly IReadOnlyList<IParameterSource> sources;
    private readonly FunctionExecutionDelegate pipeline;

    internal FunctionInvoker(
        IEnumerable<Func<FunctionExecutionDelegate, FunctionExecutionDelegate>> middleware, IEnumerable<IParameterSource> sources)
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
        try
        {
            local.Result = await ExecuteAsync(local);
        }
        catch (Exception failure) when (local.Function.Trigger is ActivityTriggerAttribute)
        {
            throw new DurableSerializationException(failure);
        }
    }

    private async Task<object?> ExecuteAsync(LocalFunctionContext context)
    {
        var method = context.Function.Method;
        var arguments = new object?[context.Function.Parameters.Length];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = await BindAsync(context, context.Function.Parameters[i]);
        }

        var instance = method.IsStatic ? null : ActivatorUtilities.CreateInstance(context.InstanceServices, method.DeclaringType!);
        return await calls.CallAsync(method, instance, arguments);
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

        var named =
            context.BindingContext.BindingData.FirstOrDefault(item => item.Key.Equals(parameter.Name, StringComparison.OrdinalIgnoreCase));
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
}

/// <summary>Fills parameters with a certain binding attribute.</summary>
internal interface IParameterSource
{
    bool Handles(ParameterInfo parameter);

    ValueTask<object?> BindAsync(LocalFunctionContext context, ParameterInfo parameter);
}
