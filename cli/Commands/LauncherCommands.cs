using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;

namespace HsNas.Cli.Commands;

/// <summary>Commands that the launcher <c>./hsnas</c> runs itself. They are here so that help lists them.</summary>
internal static class LauncherCommands
{
    /// <summary><c>test</c>, <c>chaos</c>, <c>load</c> and <c>scale</c>.</summary>
    public static IEnumerable<Command> Create(CommandContext context) =>
    [
        Create(context, "test", "Runs all tests, or the test projects whose names hold one of the words.",
            new Argument<string[]>("word") { Description = "Part of the name of a test project." },
            new Option<bool>("--coverage") { Description = "Shows line coverage by project at the end." }),
        Create(
            context, "chaos", "Kills processes while small searches run, and compares all results with undisturbed ones (tests/Trials)."),
        Create(context, "load", "Submits many small searches at once and measures what must stay small (tests/Trials)."),
        Create(context, "scale", "Simulates many searches on a deployment and says what would be short first (docs/scale.md)."),
    ];

    private static Command Create(CommandContext context, string name, string description, params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Argument argument) command.Add(argument);
            else if (symbol is Option option) command.Add(option);
        }

        context.Handle(command, (_, _) => throw new CliException($"The launcher runs this command: ./hsnas {name}"));
        return command;
    }
}
