using System.Collections;
using System.Diagnostics;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>One invocation of a function.</summary>
internal sealed class LocalFunctionContext : FunctionContext
{
    internal LocalFunctionContext(
        FunctionDescriptor function, IServiceProvider services, TriggerData trigger, CancellationToken cancellation)
    {
        Function = function;
        InstanceServices = services;
        Trigger = trigger;
        CancellationToken = cancellation;
        BindingContext = new Bindings(trigger.BindingData);
    }

    public override string InvocationId { get; } = Guid.NewGuid().ToString();

    public override string FunctionId => Function.Definition.Id;

    public override TraceContext TraceContext { get; } = new Trace();

    public override BindingContext BindingContext { get; }

    public override RetryContext RetryContext { get; } = new NoRetries();

    public override IServiceProvider InstanceServices { get; set; }

    public override FunctionDefinition FunctionDefinition => Function.Definition;

    public override IDictionary<object, object> Items { get; set; } = new Dictionary<object, object>();

    public override IInvocationFeatures Features { get; } = new FeatureCollection();

    public override CancellationToken CancellationToken { get; }

    internal FunctionDescriptor Function { get; }

    internal TriggerData Trigger { get; }

    /// <summary>What the function returned.</summary>
    internal object? Result { get; set; }

    private sealed class Bindings(IReadOnlyDictionary<string, object?> data) : BindingContext
    {
        public override IReadOnlyDictionary<string, object?> BindingData => data;
    }

    private sealed class NoRetries : RetryContext
    {
        public override int RetryCount => 0;

        public override int MaxRetryCount => 0;
    }

    private sealed class Trace : TraceContext
    {
        private readonly Activity? activity = Activity.Current;

        public override string TraceParent => activity?.Id ?? string.Empty;

        public override string TraceState => activity?.TraceStateString ?? string.Empty;
    }

    private sealed class FeatureCollection : IInvocationFeatures
    {
        private readonly Dictionary<Type, object> features = new();

        public T? Get<T>() => features.TryGetValue(typeof(T), out var feature) ? (T)feature : default;

        public void Set<T>(T instance) => features[typeof(T)] = instance!;

        public IEnumerator<KeyValuePair<Type, object>> GetEnumerator() => features.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}

/// <summary>The result of an invocation, as middleware sees it.</summary>
internal sealed class ContextResult<T>(FunctionContext context) : InvocationResult<T>
{
    public override T? Value
    {
        get => Local.Result is null ? default : (T)Local.Result;
        set => Local.Result = value;
    }

    private LocalFunctionContext Local => (LocalFunctionContext)context;

    internal InvocationResult Untyped() => new Plain(Local);

    private sealed class Plain(LocalFunctionContext context) : InvocationResult
    {
        public override object? Value
        {
            get => context.Result;
            set => context.Result = value;
        }
    }
}
