namespace HsNas.FunctionsRuntime.Tests.Api;

/// <summary>Types as C# spells them, without namespaces. Only value types that may be null carry a question mark.</summary>
internal static class TypeNames
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void", [typeof(object)] = "object", [typeof(string)] = "string", [typeof(bool)] = "bool", [typeof(byte)] = "byte",
        [typeof(int)] = "int", [typeof(long)] = "long", [typeof(double)] = "double",
    };

    /// <summary>How a type is written where it is used.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            return Of(type.GetElementType()!) + "[]";
        }

        if (Nullable.GetUnderlyingType(type) is { } value)
        {
            return Of(value) + "?";
        }

        return type.IsGenericType ? Bare(type) + "<" + string.Join(", ", type.GetGenericArguments().Select(Of)) + ">" : type.Name;
    }

    /// <summary>Its name without arguments.</summary>
    private static string Bare(Type type) => type.Name[..type.Name.IndexOf('`', StringComparison.Ordinal)];
}
