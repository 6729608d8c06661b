using System.Reflection;
using Microsoft.Extensions.Configuration;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>All functions of the application, found by reflection.</summary>
internal sealed class FunctionRegistry
{
    /// <summary>Setting that names the assemblies to search, comma-separated, where that is not the entry assembly.</summary>
    internal const string AssembliesKey = "FunctionsRuntime:Assemblies";

    private readonly Dictionary<string, FunctionDescriptor> byName = new(StringComparer.OrdinalIgnoreCase);

    internal FunctionRegistry(IEnumerable<Type> types)
    {
        const BindingFlags AnyMethod = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (var method in types.SelectMany(type => type.GetMethods(AnyMethod)))
        {
            if (method.GetCustomAttribute<FunctionAttribute>() is not { } attribute)
            {
                continue;
            }

            if (!byName.TryAdd(attribute.Name, new FunctionDescriptor(attribute.Name, method)))
            {
                throw new InvalidOperationException($"There are two functions named '{attribute.Name}'.");
            }
        }

        Orchestrators = WithTrigger<OrchestrationTriggerAttribute>(attribute => attribute.Orchestration);
        Activities = WithTrigger<ActivityTriggerAttribute>(attribute => attribute.Activity);
    }

    internal IReadOnlyDictionary<string, FunctionDescriptor> Orchestrators { get; }

    internal IReadOnlyDictionary<string, FunctionDescriptor> Activities { get; }

    internal IEnumerable<FunctionDescriptor> All => byName.Values;

    internal static FunctionRegistry Discover(IConfiguration configuration)
    {
        var names = configuration[AssembliesKey];
        IEnumerable<Assembly> assemblies = string.IsNullOrWhiteSpace(names)
            ? [Assembly.GetEntryAssembly() ?? throw new InvalidOperationException("There is no entry assembly to take functions from.")]
            : names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Assembly.Load);
        return new FunctionRegistry(assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type.IsClass));
    }

    internal IEnumerable<(FunctionDescriptor Function, T Trigger)> Triggered<T>()
        where T : Attribute => All.Where(function => function.Trigger is T).Select(function => (function, (T)(object)function.Trigger));

    private Dictionary<string, FunctionDescriptor> WithTrigger<T>(Func<T, string?> named)
        where T : Attribute
    {
        var found = new Dictionary<string, FunctionDescriptor>(StringComparer.OrdinalIgnoreCase);
        foreach (var (function, trigger) in Triggered<T>())
        {
            found[function.Name] = function;
            if (named(trigger) is { Length: > 0 } other)
            {
                found[other] = function;
            }
        }

        return found;
    }
}
