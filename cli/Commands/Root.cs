using System.CommandLine;
using Spectre.Console;

namespace HsNas.Cli.Commands;

/// <summary>The command line.</summary>
internal static class Root
{
    // A stack needs longer to end than a program alone.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(40);

    /// <summary>Runs a command; its exit code.</summary>
    public static Task<int> RunAsync(string[] args)
    {
        var console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected) console.Profile.Width = 160;
        var context = new CommandContext(console, TimeProvider.System, Environment.GetEnvironmentVariable);
        return Create(context).Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TerminationTimeout });
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Create(CommandContext context) => new("Finds translation Transformers under hard limits, with a language model's predictions and a supernet (HS-NAS).")
    {
        DemoCommand.Create(context),
        StackCommands.CreateUp(context),
        StackCommands.CreateDown(context),
        StackCommands.CreateStack(context),
        SearchCommands.Create(context),
        DataCommands.Create(context),
        SeedsCommands.Create(context),
        TestCommand.Create(context),
    };
}
