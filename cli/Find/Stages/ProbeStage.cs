using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Find.Work;
using HsNas.Cli.Hosting;
using HsNas.Contracts.Jobs;
using HsNas.Kernel;
using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Cli.Find.Stages;

/// <summary>Measures what work costs here, and chooses space and lengths by it: the largest space that fits.</summary>
internal sealed class ProbeStage(CommandContext context, FindWish wish, PreparedText text, int workers)
{
    /// <summary>The plan and its task.</summary>
    /// <param name="start">When the command began, as the clock counts.</param>
    /// <param name="textSeconds">What reading the text took.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CliException">No space fits the limit and the budget; says what would.</exception>
    public async Task<(FindPlan Plan, TaskDefinition Task)> ChooseAsync(long start, double textSeconds, CancellationToken cancellationToken)
    {
        var reason = "";
        foreach (var size in SpaceSize.For(text.Manifest.TrainPairs))
        {
            var probe = await MeasureAsync(text.Maker.Task(size), cancellationToken);
            var amount = text.Size(size.Recipe.BatchTokens);
            var costs = new StageCosts(probe, amount, workers, wish.LatencyMs);
            var elapsed = context.Time.GetElapsedTime(start).TotalSeconds;
            var left = wish.Budget.TotalSeconds - elapsed;
            context.Say($"  space {size.Name}: {probe.FastestMs:0.0} to {probe.SlowestMs:0.0} ms a sentence, "
                + $"{probe.UpdateSeconds * 1000:0} ms an update with {workers} at once");
            if (probe.FastestMs > wish.LatencyMs)
                reason = $"--latency-ms {wish.LatencyMs:0.###} is too low: on this machine, as busy as it is now, the fastest architecture "
                    + $"of space {size.Name} needs {probe.FastestMs:0.0} ms for a sentence of average length.";
            else if (LengthChoice.Choose(costs, amount, left) is not { } lengths)
                reason = $"--budget is too short: space {size.Name} needs about "
                    + $"{Durations.Text(elapsed + LengthChoice.LeastSeconds(costs))} here.";
            else
                return (text.Maker.Plan(size, text.Manifest.Hash, workers, lengths, probe, costs, (textSeconds, elapsed - textSeconds)),
                    text.Maker.Task(size, lengths));
            context.Say($"  not that one: {reason}");
        }

        throw new CliException(reason);
    }

    private async Task<TrainingProbe> MeasureAsync(TaskDefinition task, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-find-");
        try
        {
            var definition = Path.Combine(folder.FullName, WorkFolder.TaskFile);
            await File.WriteAllBytesAsync(definition, JsonSerializer.SerializeToUtf8Bytes(task, StrictJson.Options), cancellationToken);
            var worker = new WorkerProgram(context.Workspace);
            // As many at once as will work at once: cores share caches, and a machine may have other work.
            var files = Enumerable.Range(0, workers).Select(i => Path.Combine(folder.FullName, $"probe-{i}.json")).ToList();
            await Task.WhenAll(files.Select(f =>
                worker.RunAsync(["probe-training", context.Workspace.DataFolder, definition, f], cancellationToken)));
            var probes = new List<TrainingProbe>();
            foreach (var file in files)
                probes.Add(JsonSerializer.Deserialize<TrainingProbe>(await File.ReadAllBytesAsync(file, cancellationToken), Json.Options)!);
            var merged = TrainingProbe.Merge(probes);
            if (merged.FastestMs <= wish.LatencyMs) return merged;
            // Measured side by side, and in a moment of a busy machine, it may be slower than where the model will run.
            context.Say($"  the fastest architecture needs {merged.FastestMs:0.0} ms; measuring it longer, alone ...");
            var alone = await worker.ProbeAsync(definition, cancellationToken);
            return merged with { FastestMs = Math.Min(merged.FastestMs, alone.FastestMs) };
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
