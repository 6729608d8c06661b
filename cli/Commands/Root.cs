using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Kernel.Validation;
using Spectre.Console;

namespace HsNas.Cli.Commands;

/// <summary>The command line.</summary>
internal static class Root
{
    // A stack needs longer to end than a program alone, the more so with paid calls under way.
    private static readonly TimeSpan TerminationTimeout = TimeSpan.FromSeconds(70);

    /// <summary>Runs a command; its exit code.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        var console = AnsiConsole.Console;
        if (System.Console.IsOutputRedirected) console.Profile.Width = 160;
        var context = new CommandContext(console, TimeProvider.System, Environment.GetEnvironmentVariable);
        try
        {
            args = await TaskFiles.ResolveAsync(args, () => context.Workspace, CancellationToken.None);
        }
        catch (InvalidInputException e)
        {
            await context.Errors.WriteLineAsync($"error: {e.Message}");
            return 1;
        }

        return await Create(context).Parse(args)
            .InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TerminationTimeout });
    }

    /// <summary>All commands.</summary>
    internal static RootCommand Create(CommandContext context)
    {
        var root =
            new RootCommand(
            "Finds translation Transformers under hard limits, with a language model's predictions and a supernet (HS-NAS).") { HelpName =
            "./hsnas" };
        root.Add(DemoCommand.Create(context));
        root.Add(FindCommand.Create(context));
        root.Add(StackCommands.CreateUp(context));
        root.Add(StackCommands.CreateDown(context));
        root.Add(StackCommands.CreateStack(context));
        root.Add(SearchCommands.Create(context));
        root.Add(SweepCommands.Create(context));
        root.Add(DataCommands.Create(context));
        root.Add(SeedsCommands.Create(context));
        root.Add(SupernetsCommands.Create(context));
        root.Add(ResultsCommand.Create(context));
        root.Add(LatencyCommands.Create(context));
        root.Add(PredictorsCommands.Create(context));
        root.Add(CostCommands.Create(context));
        root.Add(LedgerCommands.Create(context));
        root.Add(ModelCommands.Create(context));
        root.Add(ExportCommand.Create(context));
        root.Add(ModelCommands.CreateTranslate(context));
        foreach (var command in LauncherCommands.Create(context)) root.Add(command);
        return root;
    }
}
