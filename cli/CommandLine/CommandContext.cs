using System.CommandLine;
using HsNas.Cli.Data;
using HsNas.Cli.Hosting;
using HsNas.Client;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Local.Stack.Processes;
using HsNas.Predictors.LanguageModels;
using Spectre.Console;

namespace HsNas.Cli.CommandLine;

/// <summary>What every command works with.</summary>
/// <param name="Console">Where answers go.</param>
/// <param name="Time">Clock.</param>
/// <param name="Variable">Environment.</param>
internal sealed record CommandContext(IAnsiConsole Console, TimeProvider Time, Func<string, string?> Variable)
{
    /// <summary>Where errors go.</summary>
    public TextWriter Errors { get; init; } = System.Console.Error;

    /// <summary>What searches can limit.</summary>
    public ConstraintSet Constraints { get; init; } = ConstraintSet.BuiltIn;

    /// <summary>The supernets that searches can use.</summary>
    public SupernetKinds SupernetKinds { get; init; } = SupernetKinds.BuiltIn;

    /// <summary>The checkout.</summary>
    public Workspace Workspace => Workspace.Find(Variable);

    /// <summary>Prints a line as it is, however long.</summary>
    public void Say(string line) => Console.Profile.Out.Writer.WriteLine(line);

    /// <summary>Gives a command its action; what users can mend is told without a stack trace, with exit code 1.</summary>
    public void Handle(Command command, Func<ParseResult, CancellationToken, Task<int>> action) =>
        command.SetAction(async (parse, cancellationToken) =>
    {
        try
        {
            return await action(parse, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            await Errors.WriteLineAsync("Stopped.");
            return 130;
        }
        catch (Exception e) when (e is CliException or StackException or DataPreparationException or RequestRefusedException
            or AppUnavailableException or InvalidInputException or ArtifactNotFoundException or LabelUnavailableException
            or Azure.RequestFailedException)
        {
            await Errors.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
    });
}
