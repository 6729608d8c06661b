using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Where the programs lie that the tests start.</summary>
internal static class Programs
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = Checkout.Find(_ => null);

    /// <summary>The configuration the tests were built with.</summary>
    public static string Configuration { get; } =
        new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>The build output of a project, of the configuration the tests were built with.</summary>
    public static string Output(string project, string assembly) => BuildOutput.Find(assembly, Root, project, assembly, Configuration);
}
