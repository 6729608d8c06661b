using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Client;

namespace HsNas.Cli.Http;

/// <summary>The options that say which function app is talked to.</summary>
internal sealed class AppOptions(CommandContext context)
{
    /// <summary><c>--url</c></summary>
    public Option<string?> Url { get; } = new("--url")
    {
        Description = "Base address of the function app (or HSNAS_URL); the local stack's where not given.", Recursive = true,
    };

    /// <summary><c>--key</c></summary>
    public Option<string?> Key { get; } = new("--key") { Description = "Function key (or HSNAS_KEY).", Recursive = true };

    /// <summary>The app that a command line names, or the local one.</summary>
    public FunctionAppAddress AddressOf(ParseResult parse) =>
        FunctionAppOptions.Resolve(parse.GetValue(Url), parse.GetValue(Key), context.Variable, context.Workspace);
}
