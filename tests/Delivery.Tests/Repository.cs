using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace HsNas.Delivery.Tests;

/// <summary>The checkout that the tests were built in, and programs that run in it.</summary>
internal static class Repository
{
    /// <summary>Its root.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Text of a file.</summary>
    public static string Text(string file) => File.ReadAllText(Path.Combine(Root, file));

    /// <summary>Files in a folder, relative to the root.</summary>
    public static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Root, folder), pattern).Select(f => Path.GetRelativePath(Root, f)).Order(StringComparer.Ordinal);

    /// <summary>Runs a program there with this text as its input; its exit code, and what it wrote, errors last.</summary>
    public static async Task<(int Code, string Output)> RunAsync(string program, string input, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Root, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
            UseShellExecute = false,
        };
        start.Environment.Remove("HSNAS_ROOT");
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }

    private static string Here([CallerFilePath] string caller = "") => Path.GetDirectoryName(caller)!;
}
