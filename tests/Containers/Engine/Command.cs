using System.Diagnostics;

namespace HsNas.Containers.Tests.Engine;

/// <summary>Programs that are run to their end.</summary>
internal static class Command
{
    /// <summary>What a program wrote to standard output.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message ends with what it wrote.</exception>
    public static async Task<string> RunAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var (code, output, errors) = await TryAsync(program, arguments, environment, input);
        return code == 0 ? output : throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} ended with code {code}.\n{Tail(output)}\n{Tail(errors)}");
    }

    /// <summary>Exit code, standard output and standard error of a program.</summary>
    public static async Task<(int Code, string Output, string Errors)> TryAsync(
        string program, IEnumerable<string> arguments, IReadOnlyDictionary<string, string>? environment = null, string? input = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await output, await errors);
    }

    private static string Tail(string text) => string.Join('\n', text.TrimEnd().Split('\n').TakeLast(40));
}
