using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Work;
using HsNas.Cli.Hosting;
using HsNas.Cli.Seeds;
using HsNas.Kernel;
using HsNas.Spaces;
using HsNas.Spaces.Design;

namespace HsNas.Cli.Find.Stages;

/// <summary>Trains designed seed architectures, side by side, and puts their scores where searches look for them.</summary>
internal sealed class SeedStage(CommandContext context, WorkFolder work, TaskDefinition task, FindPlan plan)
{
    private const long DesignSeed = 1;

    /// <summary>Trains those that are not trained yet.</summary>
    /// <exception cref="CliException">Too few trainings succeeded.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var workspace = context.Workspace;
        var architectures = SeedDesign.Propose(task.Space, plan.Lengths.Seeds, DesignSeed);
        await WholeFile.WriteAsync(
            work.ArchitecturesFile, JsonSerializer.SerializeToUtf8Bytes(architectures, Json.Options), cancellationToken);
        var (done, start) = (0, context.Time.GetTimestamp());
        var code = await new WorkerProgram(workspace).StreamSharesAsync(
            ["seeds", task.Name, workspace.DataFolder, work.ArchitecturesFile], plan.Workers, Show, cancellationToken, niceness: 0);
        if (code != 0) throw new CliException($"Training seed architectures ended with code {code}; see above.");
        var trainings = await SeedTrainings.ReadAsync(workspace, task.Name, architectures, cancellationToken);
        foreach (var problem in trainings.Problems) context.Say(problem);
        var file = workspace.Seeds.Found(task.Name);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await File.WriteAllTextAsync(file, SeedFile.Create(trainings, latencies: null), cancellationToken);

        void Show(string line) =>
            context.Say($"[{context.Time.GetElapsedTime(start).TotalSeconds,5:0} s] {Interlocked.Increment(ref done)} of "
                + $"{architectures.Count} done: {line}");
    }
}
