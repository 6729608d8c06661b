using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Screens;
using HsNas.Cli.Find.Stages;
using HsNas.Cli.Find.Text;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Find.Work;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Kernel.Stores;

namespace HsNas.Cli.Find;

/// <summary>From parallel text to a model. Given again after a kill it goes on: everything is named by what it was made of.</summary>
internal sealed class FindRun(CommandContext context, FindWish wish, int workers)
{
    /// <summary>Does all of it; 0 for a model, 1 for a search that failed, 3 where no finalist kept the limit.</summary>
    /// <exception cref="CliException">The wish cannot be fulfilled, or the same run is under way.</exception>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var start = context.Time.GetTimestamp();
        context.Say("Reading the text ...");
        var text = TextCheck.Read(wish);
        var name = WorkFolder.NameOf(text.Source, text.Target, text.Hash, wish.Budget);
        var work = new WorkFolder(context.Workspace, name);
        using var held = work.Hold();
        context.Say($"{text.Usable:N0} usable pairs of {text.Lines:N0}, {text.Source} to {text.Target}: task {name}");
        var plan = await work.TryReadPlanAsync(cancellationToken) ?? await PlanAsync(work, text, name, start, cancellationToken);
        PlanScreen.Print(context, plan, work.Ledger.Read());
        context.Say($"Task: {Workspace.Display(work.DefinitionFile)}; Ctrl+C stops, the same command goes on.");
        var task = await context.Workspace.TaskAsync(name, cancellationToken);
        if (!work.Ledger.IsDone(FindStages.Seeds))
        {
            context.Say($"Training {plan.Lengths.Seeds} seed architectures ...");
            await work.Ledger.RunAsync(
                FindStages.Seeds, context.Time, () => new SeedStage(context, work, task, plan).RunAsync(cancellationToken));
        }

        var model = Path.GetFullPath(wish.Out ?? work.ModelFolder);
        var outcome = await new SearchStage(context, wish, work, plan).RunAsync(model, cancellationToken);
        if (outcome.Result is not { } result) return outcome.ExitCode;
        if (result.Requested.Training is not null)
        {
            await work.Ledger.RunAsync(
                FindStages.Model, context.Time, () => new ExampleStage(context, plan).ShowAsync(model, cancellationToken));
        }

        PlanScreen.Print(context, plan, Measured(work.Ledger.Read(), result));
        context.Say($"Try: echo '...' | ./hsnas translate --model {Workspace.Display(model)}");
        return outcome.ExitCode;
    }

    private async Task<FindPlan> PlanAsync(
        WorkFolder work, CheckedText text, string name, long start, CancellationToken cancellationToken)
    {
        context.Say("Encoding it ...");
        var prepared = await new TextStage(context, wish, text).PrepareAsync(name, cancellationToken);
        var read = context.Time.GetElapsedTime(start).TotalSeconds;
        context.Say($"Data set {prepared.Manifest.Hash}: {prepared.Manifest.TrainPairs:N0} training, "
            + $"{prepared.Manifest.ValidPairs:N0} validation, {prepared.Manifest.TestPairs:N0} test pairs, in {Durations.Text(read)}");
        context.Say($"Measuring what training costs on this machine, {workers} at once ...");
        var (plan, task) = await new ProbeStage(context, wish, prepared, workers).ChooseAsync(start, read, cancellationToken);
        await work.WriteAsync(plan, task, cancellationToken);
        await context.Workspace.Data.WriteAsync(
            BlobLayout.Task(name), await File.ReadAllBytesAsync(work.DefinitionFile, cancellationToken), cancellationToken);
        foreach (var stage in plan.Estimates.Take(2)) work.Ledger.Note(stage.Stage, stage.Seconds, done: true);
        return plan;
    }

    // Stages inside the search are timed by the orchestration, also over kills.
    private static StageLedger.State Measured(StageLedger.State known, SearchResult result)
    {
        var seconds = new Dictionary<string, double>(known.Seconds, StringComparer.Ordinal);
        (string Ours, string[] Theirs)[] parts =
        [
            (FindStages.Latency, [SearchStages.Latency]), (FindStages.Labels, [SearchStages.Distillation]),
            (FindStages.Supernet, [SearchStages.Supernet]), (FindStages.Search, [SearchStages.Search, SearchStages.Floors]),
            (FindStages.Verification, [SearchStages.Verification]), (FindStages.Winner, [SearchStages.Training]),
        ];
        foreach (var (ours, theirs) in parts) seconds[ours] = theirs.Sum(t => result.StageSeconds.GetValueOrDefault(t));
        return known with { Seconds = seconds, Done = [.. known.Done, .. parts.Select(p => p.Ours)] };
    }
}
