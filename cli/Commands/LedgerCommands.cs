using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Contracts.Stored;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack;
using HsNas.Storage;

namespace HsNas.Cli.Commands;

/// <summary><c>ledger export|import</c>: bought answers as a file.</summary>
internal static class LedgerCommands
{
    /// <summary><c>ledger</c></summary>
    public static Command Create(CommandContext context)
    {
        var connection = new Option<string?>("--connection")
        {
            Description =
                "Storage connection string; AzureWebJobsStorage (or AzureWebJobsStorage__blobServiceUri, with identity) where not "
                    + "given, else the local stack's.",
            Recursive = true,
        };
        IArtifactStore Store(ParseResult parse) => Open(context, parse.GetValue(connection));
        return new Command("ledger", "The language model's answers: keep them, move them, replay them elsewhere.") { connection,
            CreateExport(context, Store), CreateImport(context, Store) };
    }

    private static Command CreateExport(CommandContext context, Func<ParseResult, IArtifactStore> store)
    {
        var output = new Option<FileInfo>(
            "--out") { Description = "File to write, one answer a line.", DefaultValueFactory = _ => new FileInfo("ledger.jsonl") };
        var command = new Command("export", "Writes every answer of the ledger to a file.") { output };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var file = parse.GetRequiredValue(output);
            // A broken export must not look like a whole one.
            var partial = file.FullName + ".part";
            int count;
            await using (var writer = File.CreateText(partial)) count =
                await LedgerFile.ExportAsync(store(parse), writer, cancellationToken);
            File.Move(partial, file.FullName, overwrite: true);
            context.Say($"{count:N0} answers written to {Workspace.Display(file.FullName)}");
            return 0;
        });
        return command;
    }

    private static Command CreateImport(CommandContext context, Func<ParseResult, IArtifactStore> store)
    {
        var input = new Argument<FileInfo>("file") { Description = "File that 'export' wrote." };
        var command = new Command("import", "Adds a file's answers to the ledger; what is there stays as it is.") { input };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var file = parse.GetRequiredValue(input);
            if (!file.Exists) throw new CliException($"{file} does not exist.");
            using var reader = file.OpenText();
            var import = await LedgerFile.ImportAsync(store(parse), reader, file.Name, cancellationToken);
            context.Say(
                $"{import.Added:N0} answers added, {import.Known:N0} were there, {import.Different:N0} questions were answered "
                    + "otherwise there and keep that answer");
            return 0;
        });
        return command;
    }

    /// <summary>The storage of a connection string, of the environment or of the running local stack.</summary>
    internal static BlobArtifactStore Open(CommandContext context, string? connection)
    {
        string? Setting(string name) => context.Variable(name.Replace(":", "__", StringComparison.Ordinal));
        var known = connection ?? (Setting("AzureWebJobsStorage") is { Length: > 0 } set ? set : null);
        if (known is null && string.IsNullOrEmpty(Setting("AzureWebJobsStorage:blobServiceUri")))
            known = StackState.TryReadRunning(context.Workspace.RunFolder)?.ConnectionString
                ?? throw new CliException("No storage is known: start a stack with './hsnas up', or name one with --connection.");
        return new BlobArtifactStore(new StorageAccount(name => name == "AzureWebJobsStorage" ? known : Setting(name)).CreateBlobs());
    }
}
