using System.Reflection;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Tests.Routes;

/// <summary>The routes of the function app, read from its triggers without help of the app's own code.</summary>
internal static class AppRoutes
{
    /// <summary>All routes, for example "GET /api/searches/{id}".</summary>
    public static IReadOnlyList<string> All { get; } = Routes(_ => true);

    /// <summary>The routes that need no key.</summary>
    public static IReadOnlyList<string> Open { get; } = Routes(t => t.AuthLevel == AuthorizationLevel.Anonymous);

    private static string[] Routes(Func<HttpTriggerAttribute, bool> chosen) =>
    [
        .. from trigger in Triggers().Where(chosen)
           from verb in trigger.Methods!
           select $"{verb.ToUpperInvariant()} /api/{trigger.Route}" into route
           orderby route
           select route,
    ];

    private static IEnumerable<HttpTriggerAttribute> Triggers() =>
        from type in typeof(HsNas.Functions.Searches.SearchTriggers).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static)
        from parameter in method.GetParameters()
        from trigger in parameter.GetCustomAttributes<HttpTriggerAttribute>()
        select trigger;
}
