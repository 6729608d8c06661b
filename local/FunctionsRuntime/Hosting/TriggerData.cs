using System.Collections.Immutable;
using System.Reflection;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>What set a function off: it fills the trigger's parameter, and others by their names.</summary>
internal abstract class TriggerData
{
    internal virtual IReadOnlyDictionary<string, object?> BindingData => ImmutableDictionary<string, object?>.Empty;

    /// <summary>Makes the argument for the trigger's parameter.</summary>
    internal abstract ValueTask<object?> ConvertAsync(LocalFunctionContext context, Type target);

    /// <summary>Offers a value for a parameter that carries no binding.</summary>
    internal virtual bool TryBindOther(LocalFunctionContext context, ParameterInfo parameter, out object? value)
    {
        value = null;
        return false;
    }
}
