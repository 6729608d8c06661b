using System.Diagnostics;
using HsNas.Telemetry;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace HsNas.Functions.Hosting;

/// <summary>
/// A span and a duration for every invocation; activities are traced as part of their search. Orchestrators pass untouched: they
/// are replayed, and would be told of many times.
/// </summary>
internal sealed class TelemetryMiddleware(TimeProvider time) : IFunctionsWorkerMiddleware
{
    private const string Orchestration = "orchestrationTrigger";
    private const string InstanceId = "instanceId";

    /// <inheritdoc/>
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        context.FunctionDefinition.InputBindings.Values.Any(b => b.Type.Equals(Orchestration, StringComparison.OrdinalIgnoreCase))
            ? next(context)
            : TraceAsync(context, next);

    private async Task TraceAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var name = context.FunctionDefinition.Name;
        var instance = context.BindingContext.BindingData.GetValueOrDefault(InstanceId)?.ToString()?.Trim('"');
        using var span = string.IsNullOrEmpty(instance)
            ? FunctionsTelemetry.Source.StartActivity(name)
            : SearchTrace.Start(FunctionsTelemetry.Source, name, ActivityKind.Internal, instance);
        var (start, failed) = (time.GetTimestamp(), true);
        try
        {
            await next(context);
            failed = false;
        }
        catch (Exception e)
        {
            span?.SetStatus(ActivityStatusCode.Error, Failures.MessageOf(e));
            throw;
        }
        finally
        {
            FunctionsTelemetry.Invoked(name, failed, time.GetElapsedTime(start));
        }
    }
}
