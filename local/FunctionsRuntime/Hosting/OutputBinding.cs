using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>A place where a function's result goes: the return value itself, or one of its properties.</summary>
internal sealed record OutputBinding(string Name, OutputBindingAttribute Attribute, PropertyInfo? Property)
{
    internal static IEnumerable<OutputBinding> Of(MethodInfo method)
    {
        foreach (var attribute in method.GetCustomAttributes<OutputBindingAttribute>())
        {
            yield return new OutputBinding("$return", attribute, null);
        }

        foreach (var property in ResultType(method)?.GetProperties(BindingFlags.Public | BindingFlags.Instance) ?? [])
        {
            foreach (var attribute in property.GetCustomAttributes<OutputBindingAttribute>())
            {
                yield return new OutputBinding(property.Name, attribute, property);
            }
        }
    }

    internal static Type? ResultType(MethodInfo method)
    {
        var type = method.ReturnType;
        if (type == typeof(void) || type == typeof(Task) || type == typeof(ValueTask))
        {
            return null;
        }

        return type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : type;
    }

    internal object? Take(object? result) => Property is null ? result : result is null ? null : Property.GetValue(result);
}
