using HsNas.Cli.CommandLine;
using HsNas.Cli.Commands;

namespace HsNas.Cli.Tests.Support;

/// <summary>What a command line came to.</summary>
/// <param name="ExitCode">Exit code.</param>
/// <param name="Output">What it said.</param>
/// <param name="Errors">What it said went wrong.</param>
internal sealed record CommandRun(int ExitCode, string Output, string Errors)
{
    /// <summary>Runs a command line with an environment of its own.</summary>
    public static async Task<CommandRun> OfAsync(string line, params (string Name, string Value)[] environment)
    {
        var (console, errors) = (new TextConsole(), new StringWriter());
        var variables = environment.ToDictionary(v => v.Name, v => v.Value, StringComparer.Ordinal);
        var context = new CommandContext(
            console.Console, TimeProvider.System, name => variables.GetValueOrDefault(name)) { Errors = errors };
        var code = await Root.Create(context).Parse(line).InvokeAsync();
        return new CommandRun(code, console.Text, errors.ToString());
    }
}
