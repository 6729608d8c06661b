using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace HsNas.FunctionsRuntime.Tests.Api;

/// <summary>What an assembly offers to others, one line for each type and each member: "Namespace.Type: member".</summary>
internal static class PublicApi
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    // Every type and every record has them.
    private static readonly string[] Common =
        ["ToString", "Equals", "GetHashCode", "<Clone>$", "PrintMembers", "Deconstruct", "op_Equality", "op_Inequality", "Invoke"];

    internal static IReadOnlyList<string> Of(Assembly assembly) =>
    [
        .. from type in assembly.GetExportedTypes().OrderBy(type => $"{type.Namespace}.{TypeNames.Of(type)}", StringComparer.Ordinal)
           from line in Members(type).Prepend(Declaration(type))
           select $"{type.Namespace}.{TypeNames.Of(type)}: {line}",
    ];

    private static string Declaration(Type type)
    {
        var interfaces = type.GetInterfaces()
            .Except(type.BaseType?.GetInterfaces() ?? [])
            .Where(one => !type.IsEnum && one.Name != "IEquatable`1");
        var bases = interfaces.Select(TypeNames.Of).Order(StringComparer.Ordinal).ToList();
        if (type is { IsValueType: false, BaseType: { } parent } && parent != typeof(object) && !IsDelegate(type))
        {
            bases.Insert(0, TypeNames.Of(parent));
        }

        return Kind(type) + (bases.Count > 0 ? " : " + string.Join(", ", bases) : "");
    }

    private static string Kind(Type type) => type switch
    {
        { IsEnum: true } => "enum",
        { IsValueType: true } => "struct",
        { IsInterface: true } => "interface",
        _ when IsDelegate(type) => "delegate",
        _ => (type.IsAbstract && type.IsSealed ? "static " : type.IsAbstract ? "abstract " : type.IsSealed ? "sealed " : "")
            + (type.GetMethod("<Clone>$") is null ? "class" : "record"),
    };

    private static IEnumerable<string> Members(Type type)
    {
        if (type.IsEnum)
        {
            return [string.Join(", ", Enum.GetNames(type).Select(name => $"{name}={(int)Enum.Parse(type, name)}"))];
        }

        if (IsDelegate(type))
        {
            var call = type.GetMethod("Invoke")!;
            return [$"{TypeNames.Of(call.ReturnType)} ({Parameters(call)})"];
        }

        return Usage(type)
            .Concat(type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(Field))
            .Concat(type.GetConstructors(Declared & ~BindingFlags.Static).Where(IsVisible)
                .Select(one => $"{Access(one)}.ctor({Parameters(one)})"))
            .Concat(type.GetProperties(Declared).Where(one => one.GetAccessors(nonPublic: true).Any(IsVisible)).Select(Property)
                .Where(line => !line.EndsWith(" EqualityContract { get; }", StringComparison.Ordinal)))
            .Concat(type.GetMethods(Declared)
                .Where(one => IsVisible(one) && !Common.Contains(one.Name) && (!one.IsSpecialName || one.Name == "op_Implicit"))
                .Select(Method))
            .Order(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Usage(Type type) =>
        from data in type.GetCustomAttributesData()
        where data.AttributeType == typeof(AttributeUsageAttribute)
        let targets = $"{(AttributeTargets)(int)data.ConstructorArguments[0].Value!}"
        let named = data.NamedArguments.Select(argument => $"{argument.MemberName}={argument.TypedValue.Value}")
        select $"[AttributeUsage({string.Join(", ", named.Prepend(targets))})]";

    private static string Field(FieldInfo field) => field.IsLiteral
        ? $"const {TypeNames.Of(field.FieldType)} {field.Name} = {field.GetRawConstantValue()}"
        : $"{(field.IsStatic ? "static " : "")}{(field.IsInitOnly ? "readonly " : "")}{TypeNames.Of(field.FieldType)} {field.Name}";

    private static string Property(PropertyInfo property)
    {
        var shown = property.GetAccessors(nonPublic: true).Where(IsVisible).ToList();
        var isInit = property.SetMethod?.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit)) == true;
        var accessors = (property.GetMethod is { } get && shown.Contains(get) ? "get; " : "")
            + (property.SetMethod is { } set && shown.Contains(set) ? isInit ? "init; " : "set; " : "");
        return $"{Access(shown[0])}{Slot(shown[0])}{TypeNames.Of(property.PropertyType)} {property.Name} {{ {accessors}}}";
    }

    private static string Method(MethodInfo method)
    {
        var arguments = method.GetGenericArguments();
        var generic = arguments.Length > 0 ? $"<{string.Join(", ", arguments.Select(TypeNames.Of))}>" : "";
        var limits = arguments
            .Select(one => (one.Name, Limits: string.Join(", ", one.GetGenericParameterConstraints().Select(TypeNames.Of))))
            .Where(one => one.Limits.Length > 0).Select(one => $" where {one.Name} : {one.Limits}");
        return $"{Access(method)}{Slot(method)}{TypeNames.Of(method.ReturnType)} {method.Name}{generic}({Parameters(method)})"
            + string.Concat(limits);
    }

    private static string Parameters(MethodBase method)
    {
        var isExtension = method.IsDefined(typeof(ExtensionAttribute));
        return string.Join(", ", method.GetParameters().Select((one, i) =>
            (isExtension && i == 0 ? "this " : one.IsDefined(typeof(ParamArrayAttribute)) ? "params " : one.IsOut ? "out " : "")
            + $"{TypeNames.Of(one.ParameterType.IsByRef ? one.ParameterType.GetElementType()! : one.ParameterType)} {one.Name}"
            + (one.HasDefaultValue ? $" = {Default(one)}" : "")));
    }

    private static string Default(ParameterInfo parameter) => parameter.DefaultValue switch
    {
        null => parameter.ParameterType.IsValueType && Nullable.GetUnderlyingType(parameter.ParameterType) is null ? "default" : "null",
        bool value => value ? "true" : "false",
        IFormattable value => value.ToString(null, CultureInfo.InvariantCulture),
        var value => $"{value}",
    };

    private static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Slot(MethodInfo method) => method switch
    {
        { DeclaringType.IsInterface: true } => "",
        { IsStatic: true } => "static ",
        { IsAbstract: true } => "abstract ",
        _ when method.GetBaseDefinition() != method => "override ",
        { IsVirtual: true, IsFinal: false } => "virtual ",
        _ => "",
    };

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private static bool IsDelegate(Type type) => type.BaseType == typeof(MulticastDelegate);
}
