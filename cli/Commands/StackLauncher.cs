using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;

namespace HsNas.Cli.Commands;

/// <summary>Starts the background process of <c>up</c> and passes on what it says until it is ready.</summary>
internal sealed class StackLauncher(CommandContext context)
{
    /// <summary>Last line of a start that went well.</summary>
    public const string ReadyLine = "ready";

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Starts it; its state once it is ready.</summary>
    /// <exception cref="CliException">It ended before.</exception>
    public async Task<StackState> LaunchAsync(int? workers, CancellationToken cancellationToken)
    {
        var workspace = context.Workspace;
        var log = Path.Combine(workspace.RunFolder, "logs", "stack.log");
        var environment = new Dictionary<string, string> { ["HSNAS_ROOT"] = workspace.Root };
        if (workers is { } count) environment["HSNAS_WORKERS"] = count.ToString(CultureInfo.InvariantCulture);
        var program = Path.Combine(AppContext.BaseDirectory, "HsNas.Cli.dll");
        if (File.Exists(log)) File.Delete(log);
        using var process = DetachedProcess.Start(
            new ChildSpec("stack", ["dotnet", program, "stack", "run"], environment, workspace.Root, log));
        try
        {
            for (var shown = 0; ; )
            {
                var ended = process.HasExited;
                var lines = File.Exists(log) ? await File.ReadAllLinesAsync(log, cancellationToken) : [];
                foreach (var line in lines.Skip(shown).Where(l => l != ReadyLine)) context.Say(line);
                shown = lines.Length;
                if (lines.Contains(ReadyLine) && StackState.TryReadRunning(workspace.RunFolder) is { Ready: true } state) return state;
                if (ended) throw new CliException($"The stack did not start; its log is {Workspace.Display(log)}.");
                await Task.Delay(PollInterval, context.Time, cancellationToken);
            }
        }
        catch (OperationCanceledException)
        {
            await StackEnding.StopAsync(workspace.RunFolder, context.Time);
            throw;
        }
    }
}
