using System.Text.RegularExpressions;

namespace HsNas.Shared.Tests.Direction;

/// <summary>One C# file as far as the direction of dependencies is concerned.</summary>
/// <param name="Path">Relative to the repository.</param>
/// <param name="Namespace">Where its types are.</param>
/// <param name="Visible">Namespaces whose types it can name: its usings, its own namespace and those around it.</param>
/// <param name="Declared">Types that it declares.</param>
/// <param name="Named">Words that may be types, outside comments and strings.</param>
internal sealed partial record SourceFile(
    string Path, string Namespace, IReadOnlySet<string> Visible, IReadOnlyList<string> Declared, IReadOnlySet<string> Named)
{
    /// <summary>All files of a folder of the repository that declare a namespace.</summary>
    public static IEnumerable<SourceFile> Below(string repository, string folder) =>
        Directory.EnumerateFiles(System.IO.Path.Combine(repository, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(repository, file).Replace('\\', '/'))
            .Where(file => !file.Split('/').Any(part => part is "bin" or "obj"))
            .Select(file => Read(repository, file))
            .OfType<SourceFile>();

    private static SourceFile? Read(string repository, string file)
    {
        var text = File.ReadAllText(System.IO.Path.Combine(repository, file));
        if (NamespaceLine().Match(text) is not { Success: true } line) return null;
        var own = line.Groups[1].Value;
        var visible = Using().Matches(text).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        for (var around = own; around.Length > 0; around = around[..Math.Max(0, around.LastIndexOf('.'))]) visible.Add(around);
        var code = Quoted().Replace(Comment().Replace(text, ""), "\"\"");
        return new SourceFile(file, own, visible, [.. Declaration().Matches(code).Select(m => m.Groups[1].Value)],
            Word().Matches(code).Select(m => m.Value).ToHashSet(StringComparer.Ordinal));
    }

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"^using ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Using();

    [GeneratedRegex("//.*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("\"(?:[^\"\\\\\n]|\\\\.)*\"")]
    private static partial Regex Quoted();

    [GeneratedRegex(
        @"^(?:public|internal) (?:(?:static|sealed|abstract|partial|readonly|ref) )*"
            + @"(?:class|record struct|record|struct|interface|enum) (\w+)",
        RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex(@"\b[A-Z]\w*\b")]
    private static partial Regex Word();
}
