using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack;
using HsNas.Storage;

namespace HsNas.Cli.Models;

/// <summary>Where the results of searches lie, as options and environment say.</summary>
internal static class ModelStore
{
    /// <summary>The account of a connection string; the local stack's where it is null, else the one that the environment names.</summary>
    public static IArtifactStore Open(CommandContext context, string? connection)
    {
        var text = connection ?? StackState.TryReadRunning(context.Workspace.RunFolder)?.ConnectionString;
        var account = new StorageAccount(name => name == "AzureWebJobsStorage" && text is not null ? text
            : context.Variable(name.Replace(":", "__", StringComparison.Ordinal)));
        return new BlobArtifactStore(account.CreateBlobs());
    }

    /// <summary>The id of a search as a user gave it.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static string SearchId(string text) =>
        text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') ? text
            : throw new CliException($"'{text}' is not the id of a search.");
}
