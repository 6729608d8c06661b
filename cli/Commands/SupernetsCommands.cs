using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Results;
using HsNas.Cli.Seeds;

namespace HsNas.Cli.Commands;

/// <summary><c>supernets train|collect</c>: what weight-sharing supernets say about architectures whose trained BLEU is known.</summary>
internal static class SupernetsCommands
{
    /// <summary><c>supernets</c></summary>
    public static Command Create(CommandContext context) =>
        new("supernets", "Trains supernets and evaluates a task's seed architectures with their weights.") { CreateTrain(context),
            CreateCollect(context) };

    private static Command CreateTrain(CommandContext context)
    {
        var task = Task();
        var kinds = new Option<string[]>("--kinds")
        {
            Description = $"Kinds: {string.Join(", ", context.SupernetKinds.Ids)}.",
            AllowMultipleArgumentsPerToken = true,
            DefaultValueFactory = _ => [.. context.SupernetKinds.Ids],
        };
        kinds.AcceptOnlyFromAmong([.. context.SupernetKinds.Ids]);
        var steps = new Option<int?>("--steps") { Description = "Updates; the task's own number where not given." };
        var command = new Command("train",
            "Trains them one after another, at low priority; goes on where an earlier run was stopped.") { task, kinds, steps };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var (workspace, name) = (context.Workspace, parse.GetRequiredValue(task));
            var (definition, recipe, _) = await PreparedTask.OfAsync(workspace, name, cancellationToken);
            var seeds = SeedFile.Read(workspace, definition);
            var worker = new WorkerProgram(workspace);
            foreach (var kind in parse.GetRequiredValue(kinds))
            {
                string[] arguments = ["supernet", name, workspace.DataFolder, $"{seeds.Records.Count}", kind,
                    $"{parse.GetValue(steps) ?? recipe.SupernetSteps}"];
                if (await worker.StreamAsync(arguments, context.Say, cancellationToken) is var code and not 0) return code;
            }

            return 0;
        });
        return command;
    }

    private static Command CreateCollect(CommandContext context)
    {
        var task = Task();
        var command = new Command("collect", "Writes what the finished supernets say to data/supernets/TASK.jsonl.") { task };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var (workspace, name) = (context.Workspace, parse.GetRequiredValue(task));
            var (definition, _, dataset) = await PreparedTask.OfAsync(workspace, name, cancellationToken);
            var seeds = SeedFile.Read(workspace, definition);
            var architectures = seeds.Records.OrderBy(r => r.ArchitectureId).Select(r => r.Architecture).ToList();
            var rows = await SupernetFile.CollectAsync(
                workspace, name, dataset.Hash, architectures, context.SupernetKinds, cancellationToken);
            if (rows.Count == 0)
                throw new CliException(
                    $"No supernet of {name} on data set {dataset.Hash} is finished: run './hsnas supernets train {name}'.");
            await SupernetFile.WriteAsync(workspace.SupernetsFile(name), rows, cancellationToken);
            context.Say($"{rows.Count} supernets written to {Workspace.Display(workspace.SupernetsFile(name))}");
            return 0;
        });
        return command;
    }

    private static Argument<string> Task() => new("task") { Description = "Task, for example tiny-en-de." };
}
