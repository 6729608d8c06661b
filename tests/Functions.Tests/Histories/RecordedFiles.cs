using System.Runtime.CompilerServices;

namespace HsNas.Functions.Tests.Histories;

/// <summary>The committed histories: a folder for each recording, in it a folder for each story.</summary>
internal static class RecordedFiles
{
    private static readonly string Root = Path.Combine(Folder(), "Recorded");

    /// <summary>All histories of all recordings.</summary>
    public static IReadOnlyList<RecordedHistory> All =>
    [
        .. from file in Directory.GetFiles(Root, "*.jsonl", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
           let name = Path.ChangeExtension(Path.GetRelativePath(Root, file), null).Replace('\\', '/')
           select RecordedHistory.Parse(name, File.ReadAllLines(file)),
    ];

    /// <summary>Writes a history in place of any that has its name.</summary>
    public static void Write(RecordedHistory history)
    {
        var path = Path.Combine(Root, history.Name + ".jsonl");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, string.Concat(history.Lines().Select(line => line + "\n")));
    }

    private static string Folder([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
