using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Hosting;

/// <summary>A method marked as a function, with its trigger.</summary>
internal sealed class FunctionDescriptor
{
    internal FunctionDescriptor(string name, MethodInfo method)
    {
        Name = name;
        Method = method;
        Parameters = method.GetParameters();
        var triggers = Parameters.Where(parameter => TriggerOf(parameter) is not null).ToList();
        if (triggers.Count != 1)
        {
            throw new InvalidOperationException(
                $"The function '{name}' ({method.DeclaringType}.{method.Name}) has {triggers.Count} triggers; exactly one is needed.");
        }

        if (FunctionCalls.Wraps(method) && FunctionCalls.ReturnsValueTask(method))
        {
            throw new InvalidOperationException(
                $"The function '{name}' ({method.DeclaringType}.{method.Name}) returns a ValueTask: "
                + "the official worker awaits it in public classes only.");
        }

        TriggerParameter = triggers[0];
        Trigger = TriggerOf(TriggerParameter)!;
        Definition = new LocalFunctionDefinition(this);
    }

    internal string Name { get; }

    internal MethodInfo Method { get; }

    internal ParameterInfo[] Parameters { get; }

    internal ParameterInfo TriggerParameter { get; }

    internal TriggerBindingAttribute Trigger { get; }

    internal LocalFunctionDefinition Definition { get; }

    private static TriggerBindingAttribute? TriggerOf(ParameterInfo parameter) =>
        parameter.GetCustomAttribute<TriggerBindingAttribute>();
}
