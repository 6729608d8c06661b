using System.Runtime.CompilerServices;

namespace HsNas.Functions.Tests.Schemas;

/// <summary>The committed files below docs/schemas.</summary>
internal static class SchemaFiles
{
    /// <summary>The version whose schemas describe what is written now. docs/schemas/README.md says when it grows.</summary>
    public const int Version = 1;

    /// <summary>docs/schemas.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Folder(), "..", "..", "..", "docs", "schemas"));

    private static bool IsRefreshed => Environment.GetEnvironmentVariable("HSNAS_UPDATE_GOLDEN") == "1";

    /// <summary>The text of a file, which is written first where golden files are refreshed.</summary>
    public static string Golden(string name, string now)
    {
        var path = Path.Combine(Root, name);
        if (IsRefreshed)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, now);
        }

        return File.Exists(path) ? File.ReadAllText(path).ReplaceLineEndings("\n") : $"{name} is missing";
    }

    /// <summary>The sample of a form, as version 1 wrote it.</summary>
    public static string Sample(string name) => Path.Combine(Root, "v1", "samples", $"{name}.json");

    /// <summary>Files with an ending below a folder, as names without it.</summary>
    public static IEnumerable<string> Names(string folder, string ending) =>
        Directory.GetFiles(Path.Combine(Root, folder), $"*{ending}", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Path.Combine(Root, folder), f).Replace('\\', '/')[..^ending.Length])
            .Order(StringComparer.Ordinal);

    private static string Folder([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
