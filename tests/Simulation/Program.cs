using System.CommandLine;
using HsNas.Simulation.Commands;

var root = new RootCommand("What a deployment bears, by simulation (docs/scale.md).") { HelpName = "./hsnas" };
root.Add(ScaleCommand.Create());
return await root.Parse(args).InvokeAsync();
