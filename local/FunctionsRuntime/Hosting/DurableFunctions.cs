using System.Reflection;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>Connects the engine with the application's orchestrator and activity functions.</summary>
internal sealed class DurableFunctions(
    FunctionRegistry registry, FunctionInvoker invoker, IServiceScopeFactory scopes, DataConverter converter)
    : IDurableFunctions
{
    public bool HasOrchestrator(string name) => registry.Orchestrators.ContainsKey(name);

    public bool HasActivity(string name) => registry.Activities.ContainsKey(name);

    public OrchestratorInvocation Prepare(string orchestrator) =>
        new Invocation(registry.Orchestrators[orchestrator], invoker, scopes.CreateScope(), converter);

    public async Task<string?> RunActivityAsync(string activity, string instanceId, string? input, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var data = new ActivityInput(instanceId, input, converter);
        var context = new LocalFunctionContext(registry.Activities[activity], scope.ServiceProvider, data, cancellation);
        return converter.Serialize(await invoker.InvokeAsync(context));
    }

    private sealed class Invocation : OrchestratorInvocation
    {
        private readonly FunctionInvoker invoker;
        private readonly IServiceScope scope;
        private readonly DataConverter converter;
        private readonly OrchestrationInput data;
        private readonly LocalFunctionContext context;

        internal Invocation(FunctionDescriptor function, FunctionInvoker invoker, IServiceScope scope, DataConverter converter)
        {
            this.invoker = invoker;
            this.scope = scope;
            this.converter = converter;
            data = new OrchestrationInput(converter);
            context = new LocalFunctionContext(function, scope.ServiceProvider, data, CancellationToken.None);
        }

        internal override async Task<string?> Start(TaskOrchestrationContext orchestration, string? input)
        {
            data.Orchestration = orchestration;
            data.Input = input;
            return converter.Serialize(await invoker.InvokeAsync(context));
        }

        public override void Dispose()
        {
            if (scope is IAsyncDisposable asynchronous)
            {
                asynchronous.DisposeAsync().AsTask().GetAwaiter().GetResult();
            }
            else
            {
                scope.Dispose();
            }

            base.Dispose();
        }
    }

    private sealed class OrchestrationInput(DataConverter converter) : TriggerData
    {
        internal TaskOrchestrationContext? Orchestration { get; set; }

        internal string? Input { get; set; }

        internal override ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target) => new(
            target.IsInstanceOfType(Orchestration)
                ? Orchestration
                : throw new FunctionInputConverterException($"An orchestration trigger cannot be bound to {target}."));

        internal override bool TryBindOther(LocalFunctionContext context, ParameterInfo parameter, out object? value)
        {
            value = Payload.FromJson(Input, parameter.ParameterType, converter);
            return true;
        }
    }

    private sealed class ActivityInput(string instanceId, string? input, DataConverter converter) : TriggerData
    {
        internal override IReadOnlyDictionary<string, object?> BindingData { get; } =
            new Dictionary<string, object?> { ["instanceId"] = instanceId };

        internal override ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target) =>
            new(Payload.FromJson(input, target, converter));
    }
}
