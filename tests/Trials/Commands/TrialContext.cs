using System.CommandLine;
using System.CommandLine.Parsing;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Processes;
using HsNas.Trials.Searches;
using Spectre.Console;

namespace HsNas.Trials.Commands;

/// <summary>What a trial's command works with.</summary>
/// <param name="Console">Where figures go.</param>
/// <param name="Time">Clock.</param>
/// <param name="Variable">Environment.</param>
/// <param name="Errors">Where errors go.</param>
internal sealed record TrialContext(IAnsiConsole Console, TimeProvider Time, Func<string, string?> Variable, TextWriter Errors)
{
    /// <summary>Prints a line as it is, however long.</summary>
    public void Say(string line) => Console.Profile.Out.Writer.WriteLine(line);

    /// <summary>A stack of its own in an empty folder.</summary>
    public StackOptions Stack(string folder) => StackOptions.FromEnvironment(Checkout.Find(Variable), folder, Variable);

    /// <summary>Refuses a value of an option outside its range.</summary>
    public static void Check(SymbolResult result, string name, int value, int least, int most)
    {
        if (value < least || value > most)
            result.AddError(FormattableString.Invariant($"{name} is {value}; allowed: {least} to {most:N0}."));
    }

    /// <summary>Gives a command its action; an error that a user can mend is told without a stack trace, with exit code 1.</summary>
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
        catch (Exception e) when (e is StackException or TrialException)
        {
            await Errors.WriteLineAsync($"error: {e.Message}");
            return 1;
        }
    });
}
