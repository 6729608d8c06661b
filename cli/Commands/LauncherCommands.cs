using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;

namespace HsNas.Cli.Commands;

/// <summary>Commands that the launcher <c>./hsnas</c> runs itself. They are here so that help lists them.</summary>
internal static class LauncherCommands
{
    /// <summary><c>test</c>, <c>chaos</c> and <c>load</c>.</summary>
    public static IEnumerable<Command> Create(CommandContext context) =>
    [
        Create(context, "test", "Runs all tests."),
        Create(context, "chaos", "Kills processes while small searches run, and compares all results with undisturbed ones (tests/Trials)."),
        Create(context, "load", "Submits many small searches at once and measures what must stay small (tests/Trials)."),
    ];

    private static Command Create(CommandContext context, string name, string description)
    {
        var command = new Command(name, description);
        context.Handle(command, (_, _) => throw new CliException($"The launcher runs this command: ./hsnas {name}"));
        return command;
    }
}
