using HsNas.Cli.Commands;

return await Root.RunAsync(args);
