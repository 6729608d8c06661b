using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Data;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack;
using HsNas.Local.Stack.Storage;
using HsNas.Spaces;
using HsNas.Storage;
using HsNas.Translation;

namespace HsNas.Cli.Commands;

/// <summary><c>data prepare</c></summary>
internal static class DataCommands
{
    private const string BlobPrefix = "blob:";

    /// <summary><c>data</c></summary>
    public static Command Create(CommandContext context)
    {
        var task = new Argument<string>("task") { Description = "Task: tiny-en-de and tiny-en-fr bring their text, others need --train." };
        var definition = new Option<string?>(
            "--definition") { Description = "File of an own task's definition (see shared/Tasks/Definitions for the form)." };
        var connection = new Option<string?>(
            "--connection") { Description = "Storage connection string to upload to; the local stack's, if one runs, where not given." };
        var own = new DataOptions();
        var prepare = new Command("prepare", "Makes a task's data set out of real text and stores it.") { task, definition, connection };
        own.AddTo(prepare);
        context.Handle(prepare, async (parse, cancellationToken) =>
        {
            var workspace = context.Workspace;
            var target = parse.GetValue(connection) ?? StackState.TryReadRunning(workspace.RunFolder)?.ConnectionString;
            var chosen = await DefinitionAsync(workspace, parse.GetRequiredValue(task), parse.GetValue(definition), cancellationToken);
            var supplied = await own.ReadAsync(parse, name => FetchAsync(workspace, target, name, cancellationToken));
            var manifest = supplied is null ? await PrepareAsync(context, chosen, cancellationToken)
                : await BuildAsync(context, chosen, supplied, cancellationToken);
            context.Say($"{manifest.Provenance}.");
            if (target is null) return 0;
            var setup = new StorageSetup(target);
            await setup.CreateContainersAsync(cancellationToken);
            foreach (var upload in await setup.UploadAsync(workspace.DataFolder, workspace.Seeds, cancellationToken))
                context.Say($"Uploaded {upload}.");
            return 0;
        });
        return new Command("data", "Prepares training text.") { prepare };
    }

    /// <summary>Prepares the data set of a task that brings its text, in the checkout's data folder, and says how it went.</summary>
    /// <exception cref="DataPreparationException">The task brings no text of its own.</exception>
    internal static async Task<DatasetManifest> PrepareAsync(
        CommandContext context, TaskDefinition task, CancellationToken cancellationToken)
    {
        if (!LibreOfficeCorpus.Has(task))
            throw new DataPreparationException($"{task.Name} brings no text: give --train SOURCE TARGET, and its --valid and --test.");
        context.Say($"Preparing {task.Name}: {task.PromptName}, help and interface text out of Debian's packages ...");
        return await BuildAsync(context, task, await new LibreOfficeCorpus(new DebianPackages(context.Workspace.CorporaFolder))
            .ReadAsync(task, cancellationToken), cancellationToken);
    }

    private static async Task<DatasetManifest> BuildAsync(
        CommandContext context, TaskDefinition task, IRawCorpus corpus, CancellationToken cancellationToken)
    {
        var start = context.Time.GetTimestamp();
        var manifest = await new DatasetBuilder(context.Workspace.Data).BuildAsync(task, corpus, cancellationToken);
        context.Say(
            $"Data set {manifest.Hash}: {manifest.TrainPairs:N0} training, {manifest.ValidPairs:N0} validation, "
                + $"{manifest.TestPairs:N0} test pairs, "
            + $"vocabulary {manifest.VocabularySize:N0}, in {context.Time.GetElapsedTime(start).TotalSeconds:0} s.");
        return manifest;
    }

    private static async Task<TaskDefinition> DefinitionAsync(
        Workspace workspace, string name, string? file, CancellationToken cancellationToken)
    {
        if (file is null) return await workspace.TaskAsync(name, cancellationToken);
        if (!File.Exists(file)) throw new DataPreparationException($"{file} does not exist.");
        var text = await File.ReadAllTextAsync(file, cancellationToken);
        var task = TaskCatalog.Parse(text, Path.GetFileName(file));
        if (task.Name != name) throw new DataPreparationException($"{file} defines task {task.Name}, not {name}.");
        await workspace.Data.WriteTextAsync(BlobLayout.Task(name), text, cancellationToken);
        return task;
    }

    private static async Task<string> FetchAsync(Workspace workspace, string? connection, string name, CancellationToken cancellationToken)
    {
        if (!name.StartsWith(BlobPrefix, StringComparison.Ordinal)) return name;
        if (connection is null)
            throw new DataPreparationException($"{name}: no storage account is known; give --connection, or start './hsnas up'.");
        BlobPath path;
        try
        {
            path = BlobPath.Parse(name[BlobPrefix.Length..]);
        }
        catch (FormatException e)
        {
            throw new DataPreparationException($"{name}: {e.Message}", e);
        }

        var store = new BlobArtifactStore(StorageAccount.Of(connection).CreateBlobs());
        var file = Path.Combine(workspace.CorporaFolder, "blobs", path.Container, path.Name.Replace('/', '_'));
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, await store.ReadAsync(path, cancellationToken), cancellationToken);
        return file;
    }
}
