namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Where the programs lie that the tests start.</summary>
internal static class Programs
{
    /// <summary>The checkout.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The configuration the tests were built with.</summary>
    public static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Parent!.Name;

    /// <summary>Azurite's executable or script; null where it is not installed.</summary>
    public static string? Azurite { get; } = FindAzurite();

    /// <summary>The build output of a project, of the configuration the tests were built with.</summary>
    public static string Output(string project, string assembly) => Path.Combine(Root, project, "bin", Configuration, "net10.0", assembly + ".dll");

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "HsNas.sln"))) return folder.FullName;
        throw new InvalidOperationException($"HsNas.sln is in no folder above {AppContext.BaseDirectory}.");
    }

    private static string? FindAzurite()
    {
        if (Environment.GetEnvironmentVariable("HSNAS_AZURITE") is { Length: > 0 } named) return File.Exists(named) ? named : null;
        var installed = Path.Combine(Root, ".hsnas", "azurite", "node_modules", ".bin", "azurite");
        return File.Exists(installed) ? installed : null;
    }
}
