using HsNas.Cli.Hosting;
using HsNas.Client;
using HsNas.Local.Stack;

namespace HsNas.Cli.Http;

/// <summary>Finds the function app that is talked to.</summary>
internal static class FunctionAppOptions
{
    /// <summary>The app that options name, else HSNAS_URL and HSNAS_KEY, else that of the running local stack.</summary>
    /// <exception cref="CliException">None is named and none runs, or the address is no http address.</exception>
    public static FunctionAppAddress Resolve(string? url, string? key, Func<string, string?> variable, Workspace workspace)
    {
        url ??= Filled(variable("HSNAS_URL")) ?? StackState.TryReadRunning(workspace.RunFolder)?.FunctionsUrl
            ?? throw new CliException("No function app is known: start one here with './hsnas up', or name one with --url (or HSNAS_URL).");
        return Uri.TryCreate(url.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? new FunctionAppAddress(uri, key ?? Filled(variable("HSNAS_KEY")))
            : throw new CliException($"'{url}' is not an http address.");
    }

    private static string? Filled(string? value) => string.IsNullOrEmpty(value) ? null : value;
}
