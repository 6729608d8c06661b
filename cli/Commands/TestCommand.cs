using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;

namespace HsNas.Cli.Commands;

/// <summary><c>hsnas test</c>, which the launcher runs itself; here so that help lists it.</summary>
internal static class TestCommand
{
    /// <summary>The command.</summary>
    public static Command Create(CommandContext context)
    {
        var command = new Command("test", "Runs all tests.");
        context.Handle(command, (_, _) => throw new CliException("Tests are run by the launcher: ./hsnas test"));
        return command;
    }
}
