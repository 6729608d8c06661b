using System.Diagnostics;
using HsNas.Shared.Tests.Support;

namespace HsNas.Shared.Tests.Repository;

/// <summary>The text files of the checkout that the tests were built in.</summary>
internal static class Checkout
{
    private static readonly string[] Generated = ["bin", "obj", "node_modules", "TestResults", "BenchmarkDotNet.Artifacts"];

    /// <summary>Paths relative to the repository of all files with one of the endings.</summary>
    public static IReadOnlyList<string> Files(params string[] endings) =>
        [.. Tracked.Value.Where(f => endings.Any(e => f.EndsWith(e, StringComparison.Ordinal))).Order(StringComparer.Ordinal)];

    /// <summary>Lines of a file.</summary>
    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Published.Repository, file));

    private static Lazy<IReadOnlyList<string>> Tracked { get; } = new(() => ByGit() ?? ByFolder());

    // Null where there is no git, or where the checkout is no clone: an archive, or a folder inside another repository.
    private static string[]? ByGit()
    {
        if (!Path.Exists(Path.Combine(Published.Repository, ".git"))) return null;
        var start = new ProcessStartInfo("git", ["-C", Published.Repository, "ls-files", "-z"])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        try
        {
            using var git = Process.Start(start)!;
            var output = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            var files = output.Split('\0', StringSplitOptions.RemoveEmptyEntries);
            // A tracked file that was deleted and not committed yet.
            return git.ExitCode == 0 && files.Length > 0 ? [.. files.Where(f => File.Exists(Path.Combine(Published.Repository, f)))] : null;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }

    /// <summary>The files of a checkout without git: all but what builds and tests leave behind.</summary>
    internal static string[] ByFolder() => [.. Below(new DirectoryInfo(Published.Repository))
        .Select(f => Path.GetRelativePath(Published.Repository, f.FullName).Replace('\\', '/'))];

    private static IEnumerable<FileInfo> Below(DirectoryInfo folder) => folder.EnumerateFiles().Concat(folder.EnumerateDirectories()
        .Where(d => !Generated.Contains(d.Name) && (d.Name[0] != '.' || d.Name is ".ci" or ".config" or ".github") && d.LinkTarget is null)
        .SelectMany(Below));
}
