namespace HsNas.FunctionsRuntime.Tests.Storage;

/// <summary>The storage emulator as it is installed: what HSNAS_AZURITE names, else what ./hsnas put into the checkout.</summary>
internal static class AzuriteProgram
{
    private const string Remedy = "./hsnas test installs it and names it in HSNAS_AZURITE.";

    /// <summary>The file: an executable, or a script that node runs.</summary>
    /// <exception cref="InvalidOperationException">It is not installed.</exception>
    public static string File => Find();

    /// <summary>How to start it with arguments.</summary>
    public static (string Program, string[] Arguments) With(params string[] arguments) =>
        File.EndsWith(".js", StringComparison.Ordinal) ? ("node", [File, .. arguments]) : (File, arguments);

    private static string Find()
    {
        if (Environment.GetEnvironmentVariable("HSNAS_AZURITE") is { Length: > 0 } named)
            return System.IO.File.Exists(named) ? named
                : throw new InvalidOperationException($"HSNAS_AZURITE names {named}, which does not exist. {Remedy}");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var installed = Path.Combine(folder.FullName, ".hsnas", "azurite", "node_modules", "azurite", "dist", "src", "azurite.js");
            if (System.IO.File.Exists(installed)) return installed;
        }

        throw new InvalidOperationException($"Azurite, the storage emulator, is not installed. {Remedy}");
    }
}
