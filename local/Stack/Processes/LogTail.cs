namespace HsNas.Local.Stack.Processes;

/// <summary>The end of a log, for messages.</summary>
internal static class LogTail
{
    private const int MostBytes = 16 * 1024;
    private const int LongestLine = 300;

    /// <summary>The last lines of a file; a remark where there are none.</summary>
    public static string Read(string file, int lines = 15)
    {
        var text = ReadEnd(file);
        var tail = text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).TakeLast(lines)
            .Select(l => l.Length <= LongestLine ? l : l[..LongestLine] + "...").ToList();
        return tail.Count == 0 ? $"(its log {file} is empty)" : $"End of {file}:\n  {string.Join("\n  ", tail)}";
    }

    /// <summary>Whether the file's end holds a text.</summary>
    public static bool Holds(string file, string text) => ReadEnd(file).Contains(text, StringComparison.Ordinal);

    private static string ReadEnd(string file)
    {
        if (!File.Exists(file)) return "";
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Seek(-Math.Min(MostBytes, stream.Length), SeekOrigin.End);
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
