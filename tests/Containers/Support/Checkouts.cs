using HsNas.Containers.Tests.Compose;
using HsNas.Local.Stack;

namespace HsNas.Containers.Tests.Support;

/// <summary>The checkout that the tests were built from.</summary>
internal static class Checkouts
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Checkout.Find(_ => null);

    /// <summary>Its compose.yaml.</summary>
    public static ComposeFile Compose(IReadOnlyDictionary<string, string> variables) =>
        ComposeFile.Parse(File.ReadAllText(Path.Combine(Root, "compose.yaml")), variables);
}
