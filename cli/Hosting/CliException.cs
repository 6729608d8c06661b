namespace HsNas.Cli.Hosting;

/// <summary>A command cannot do what was asked; the message is for the user.</summary>
internal sealed class CliException(string message) : Exception(message);
