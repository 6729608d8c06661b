using Microsoft.Azure.Functions.Worker.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Triggers;

/// <summary>Runs a function for a trigger other than HTTP, and sends its outputs.</summary>
internal sealed class TriggerRunner(FunctionInvoker invoker, OutputWriter outputs, IServiceScopeFactory scopes)
{
    internal async Task RunAsync(FunctionDescriptor function, TriggerData trigger, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var context = new LocalFunctionContext(function, scope.ServiceProvider, trigger, cancellation);
        await outputs.WriteAsync(context, await invoker.InvokeAsync(context));
    }
}
