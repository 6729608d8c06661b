using System.Collections.Immutable;
using System.Reflection;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker.Hosting;

internal sealed class LocalFunctionDefinition : FunctionDefinition
{
    internal LocalFunctionDefinition(FunctionDescriptor function)
    {
        var type = function.Method.DeclaringType!;
        Name = function.Name;
        Id = $"{type.FullName}.{function.Method.Name}";
        EntryPoint = Id;
        PathToAssembly = type.Assembly.Location;
        Parameters = [.. function.Parameters.Select(parameter => new FunctionParameter(
            parameter.Name!, parameter.ParameterType, parameter.HasDefaultValue,
            parameter.HasDefaultValue ? parameter.DefaultValue : null))];
        InputBindings = function.Parameters
            .Select(parameter => (parameter, attribute: parameter.GetCustomAttribute<BindingAttribute>()))
            .Where(item => item.attribute is not null)
            .ToImmutableDictionary(
                item => item.parameter.Name!,
                item => (BindingMetadata)new Binding(item.parameter.Name!, TypeName(item.attribute!), BindingDirection.In));
        OutputBindings = OutputBinding.Of(function.Method)
            .ToImmutableDictionary(output => output.Name, output =>
                (BindingMetadata)new Binding(output.Name, TypeName(output.Attribute), BindingDirection.Out));
    }

    public override ImmutableArray<FunctionParameter> Parameters { get; }

    public override string PathToAssembly { get; }

    public override string EntryPoint { get; }

    public override string Id { get; }

    public override string Name { get; }

    public override IImmutableDictionary<string, BindingMetadata> InputBindings { get; }

    public override IImmutableDictionary<string, BindingMetadata> OutputBindings { get; }

    private static string TypeName(BindingAttribute attribute)
    {
        var name = attribute.GetType().Name;
        name = name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
        name = attribute is OutputBindingAttribute && name.EndsWith("Output", StringComparison.Ordinal) ? name[..^"Output".Length] : name;
        name = name == "HttpResult" ? "Http" : name;
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private sealed class Binding(string name, string type, BindingDirection direction) : BindingMetadata
    {
        public override string Name => name;

        public override string Type => type;

        public override BindingDirection Direction => direction;
    }
}
