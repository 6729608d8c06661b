using System.CommandLine;
using HsNas.Trials.Commands;
using Spectre.Console;

// The end of a run ends its stack, which takes longer than a program alone.
var patience = TimeSpan.FromSeconds(70);
var console = AnsiConsole.Console;
if (Console.IsOutputRedirected) console.Profile.Width = 160;
var trials = new TrialContext(console, TimeProvider.System, Environment.GetEnvironmentVariable, Console.Error);
var root = new RootCommand("Trials of the whole system on this machine.") { HelpName = "./hsnas" };
root.Add(ChaosCommand.Create(trials));
root.Add(LoadCommand.Create(trials));
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = patience });
