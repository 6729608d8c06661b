using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Local.Stack;

namespace HsNas.Cli.Commands;

/// <summary><c>up</c>, <c>down</c>, and the hidden <c>stack run</c> that stays in the background between them.</summary>
internal static class StackCommands
{
    /// <summary><c>up</c></summary>
    public static Command CreateUp(CommandContext context)
    {
        var workers = new Option<int?>("--workers") { Description = "Worker processes; one for each core, at most 4, where not given." };
        var command = new Command("up", "Starts storage, model, function app and workers on this machine, in the background.") { workers };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var runFolder = context.Workspace.RunFolder;
            var running = StackState.TryReadRunning(runFolder);
            if (running is { Ready: true }) context.Say("The stack runs already.");
            else running = await new StackLauncher(context).LaunchAsync(parse.GetValue(workers), cancellationToken);
            StackWelcome.Print(context, running, runFolder);
            return 0;
        });
        return command;
    }

    /// <summary><c>down</c></summary>
    public static Command CreateDown(CommandContext context)
    {
        var command = new Command("down", "Stops what 'up' started. Data stays, and is there again after the next 'up'.");
        context.Handle(command, async (_, _) =>
        {
            context.Say(await StackEnding.StopAsync(context.Workspace.RunFolder, context.Time) ? "Stopped." : "No stack was running.");
            return 0;
        });
        return command;
    }

    /// <summary><c>stack run</c></summary>
    public static Command CreateStack(CommandContext context)
    {
        var run = new Command("run", "Runs the stack in the foreground until it is interrupted.");
        context.Handle(run, async (_, cancellationToken) =>
        {
            var workspace = context.Workspace;
            var options = StackOptions.FromEnvironment(
                workspace.Root, workspace.RunFolder, context.Variable) with { CustomaryPorts = true };
            await using var stack = await LocalStack.StartAsync(options, context.Say, context.Time, cancellationToken);
            context.Say(StackLauncher.ReadyLine);
            await Task.Delay(Timeout.InfiniteTimeSpan, context.Time, cancellationToken);
            return 0;
        });
        return new Command("stack", "The background process behind 'up'.") { run }.AsHidden();
    }

    private static Command AsHidden(this Command command)
    {
        command.Hidden = true;
        return command;
    }
}
