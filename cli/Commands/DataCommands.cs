using System.CommandLine;
using HsNas.Cli.Data;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Storage;
using HsNas.Shared.Tasks;
using HsNas.Shared.Translation;

namespace HsNas.Cli.Commands;

/// <summary><c>data prepare</c></summary>
internal static class DataCommands
{
    /// <summary><c>data</c></summary>
    public static Command Create(CommandContext context)
    {
        var task = new Argument<string>("task") { Description = "tiny-en-de or tiny-en-fr." };
        var connection = new Option<string?>("--connection") { Description = "Storage connection string to upload to; the local stack's, if one runs, where not given." };
        var prepare = new Command("prepare", "Makes a task's data set out of real text and stores it.") { task, connection };
        context.Handle(prepare, async (parse, cancellationToken) =>
        {
            var workspace = context.Workspace;
            var manifest = await PrepareAsync(context, parse.GetRequiredValue(task), cancellationToken);
            context.Say($"{manifest.Provenance}.");
            var target = parse.GetValue(connection) ?? StackState.TryReadRunning(workspace.RunFolder)?.ConnectionString;
            if (target is null) return 0;
            var setup = new StorageSetup(target);
            await setup.CreateContainersAsync(cancellationToken);
            foreach (var upload in await setup.UploadAsync(workspace.DataFolder, Path.Combine(workspace.Root, "data", "seeds"), cancellationToken))
                context.Say($"Uploaded {upload}.");
            return 0;
        });
        return new Command("data", "Prepares training text.") { prepare };
    }

    /// <summary>Prepares the task's data set in the checkout's data folder and says how it went.</summary>
    internal static async Task<DatasetManifest> PrepareAsync(CommandContext context, string name, CancellationToken cancellationToken)
    {
        var (workspace, task, start) = (context.Workspace, TaskCatalog.Get(name), context.Time.GetTimestamp());
        context.Say($"Preparing {name}: {task.PromptName}, help and interface text out of Debian's packages ...");
        var corpus = new LibreOfficeCorpus(new DebianPackages(workspace.CorporaFolder));
        var (pairs, provenance) = await corpus.ReadAsync(task, cancellationToken);
        var manifest = await new DatasetBuilder(workspace.Data).BuildAsync(task, pairs, provenance, cancellationToken);
        context.Say($"Data set {manifest.Hash}: {manifest.TrainPairs:N0} training, {manifest.ValidPairs:N0} validation, {manifest.TestPairs:N0} test pairs, "
            + $"vocabulary {manifest.VocabularySize:N0}, in {context.Time.GetElapsedTime(start).TotalSeconds:0} s.");
        return manifest;
    }
}
