using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Hosting.OpenApi;

/// <summary>One method of one route.</summary>
/// <param name="Verb">HTTP method in lower case.</param>
/// <param name="Path">Path with the prefix of host.json, for example "/api/searches/{id}".</param>
/// <param name="NeedsKey">Whether a function key is needed.</param>
/// <param name="Function">The function that answers.</param>
internal sealed partial record HttpRoute(string Verb, string Path, bool NeedsKey, MethodInfo Function)
{
    private const string Prefix = "/api/";

    /// <summary>Names of the parts that vary, in order.</summary>
    public IEnumerable<string> Variables => Variable().Matches(Path).Select(m => m.Groups[1].Value);

    /// <summary>All routes of an assembly, by path and verb.</summary>
    /// <exception cref="InvalidOperationException">A trigger names no verb.</exception>
    public static IReadOnlyList<HttpRoute> Of(Assembly assembly) =>
    [
        .. from type in assembly.GetTypes()
           from function in type.GetMethods()
           from parameter in function.GetParameters()
           let trigger = parameter.GetCustomAttribute<HttpTriggerAttribute>()
           where trigger is not null
           from verb in Verbs(function, trigger)
           let needsKey = trigger.AuthLevel != AuthorizationLevel.Anonymous
           let route = new HttpRoute(verb.ToLowerInvariant(), Prefix + trigger.Route, needsKey, function)
           orderby route.Path, route.Verb
           select route,
    ];

    // Without verbs a trigger answers all of them, which no operation of the document could say.
    private static string[] Verbs(MethodInfo function, HttpTriggerAttribute trigger) => trigger.Methods is { Length: > 0 } verbs
        ? verbs
        : throw new InvalidOperationException($"The HTTP trigger of {function.DeclaringType}.{function.Name} names no verb.");

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();
}
