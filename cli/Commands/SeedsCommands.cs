using System.CommandLine;
using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Seeds;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Spaces.Design;

namespace HsNas.Cli.Commands;

/// <summary><c>seeds train|collect|design</c>: the trained architectures that a task's predictions start from.</summary>
internal static class SeedsCommands
{
    /// <summary><c>seeds</c></summary>
    public static Command Create(CommandContext context) =>
        new("seeds", "Designs and trains a task's seed architectures and collects their results.") { CreateTrain(context),
            CreateCollect(context), CreateDesign(context) };

    private static Command CreateTrain(CommandContext context)
    {
        var (task, count) = (Task(), Count());
        var shards = new Option<int>("--shards") { Description = "Trainings side by side.", DefaultValueFactory = _ =>
            Environment.ProcessorCount };
        var text = new SeedTextOptions();
        var command = new Command("train",
            "Trains them from scratch, at low priority; goes on where an earlier run was stopped. Hours, not minutes.") { task,
            count, shards, text.Teacher, text.Steps };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var (workspace, name, side) = (context.Workspace, parse.GetRequiredValue(task), parse.GetValue(shards));
            // What is missing is told here once, not by every shard in its own way.
            var prepared = await PreparedTask.OfAsync(workspace, name, cancellationToken);
            string[] teacher = text.Read(parse) is { } given ? [await given.PrepareAsync(context, prepared, side, cancellationToken)] : [];
            return await new WorkerProgram(workspace).StreamSharesAsync(
                ["seeds", name, workspace.DataFolder, $"{parse.GetValue(count)}", .. teacher], side, context.Say, cancellationToken);
        });
        return command;
    }

    private static Command CreateCollect(CommandContext context)
    {
        var (task, count) = (Task(), Count());
        var output = new Option<string?>("--out") { Description = "File to write; data/seeds/TASK.jsonl where not given." };
        var noLatency = new Option<bool>("--no-latency") { Description = "Do not measure latencies." };
        var text = new SeedTextOptions();
        var command = new Command("collect",
            "Writes the finished trainings in TFS-Eval form, with FLOPs, parameters and latencies.") { task, count, output, noLatency,
            text.Teacher, text.Steps };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var (workspace, name) = (context.Workspace, parse.GetRequiredValue(task));
            var trainings = await SeedTrainings.ReadAsync(
                workspace, name, parse.GetValue(count), cancellationToken, text.Read(parse));
            foreach (var failure in trainings.Problems) context.Say(failure);
            var latencies = parse.GetValue(noLatency) ? null
                : await new SeedLatencies(workspace)
                    .MeasureAsync(name, [.. trainings.Finished.Select(t => t.Architecture)], cancellationToken);
            var file = parse.GetValue(output) ?? workspace.Seeds.Own(name);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
            await File.WriteAllTextAsync(file, SeedFile.Create(trainings, latencies), cancellationToken);
            context.Say($"{trainings.Finished.Count} architectures written to {Workspace.Display(Path.GetFullPath(file))}");
            return 0;
        });
        return command;
    }

    private static Command CreateDesign(CommandContext context)
    {
        var (task, count) = (Task(), Count());
        var seed = new Option<long>("--seed") { Description = "Seed of the pool that the design chooses from.",
            DefaultValueFactory = _ => 1 };
        var command = new Command("design",
            "Proposes architectures to train, far from one another, and prints them one a line as JSON, most telling first.") { task,
            count, seed };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var definition = await context.Workspace.TaskAsync(parse.GetRequiredValue(task), cancellationToken);
            var number = parse.GetValue(count);
            OptionException.ThrowUnless(number is >= 1 and <= 300, "--count", number, "1 to 300");
            foreach (var architecture in SeedDesign.Propose(definition.Space, number, parse.GetValue(seed)))
                context.Say(JsonSerializer.Serialize(architecture, Json.Options));
            return 0;
        });
        return command;
    }

    private static Argument<string> Task() => new("task") { Description = "Task, for example tiny-en-de." };

    private static Option<int> Count() => new("--count") { Description = "Seed architectures.", DefaultValueFactory = _ => 30 };
}
