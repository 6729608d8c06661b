using System.Globalization;
using System.Reflection;

namespace HsNas.FunctionsRuntime.Tests.Api;

/// <summary>Values of properties that nobody has set.</summary>
internal static class Defaults
{
    /// <summary>The value of a property of a type that was made with as few arguments as it allows.</summary>
    internal static string Of(Type type, string property)
    {
        var constructor = type.GetConstructors()
            .OrderBy(one => one.GetParameters().Count(parameter => !parameter.HasDefaultValue))
            .ThenBy(one => one.GetParameters().Length)
            .First();
        var made = constructor.Invoke([.. constructor.GetParameters().Select(Argument)]);
        var value = type.GetProperty(property)!.GetValue(made);
        return value is null ? "null" : Convert.ToString(value, CultureInfo.InvariantCulture)!;
    }

    private static object? Argument(ParameterInfo parameter) => parameter switch
    {
        { HasDefaultValue: true } => parameter.DefaultValue,
        _ when parameter.ParameterType == typeof(string) => "x",
        _ when parameter.ParameterType == typeof(int) => 1,
        _ when parameter.ParameterType == typeof(TimeSpan) => TimeSpan.FromSeconds(1),
        _ => null,
    };
}
