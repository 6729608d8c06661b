using HsNas.Cli.Find.Text;
using HsNas.Contracts.Jobs;
using HsNas.Spaces;

namespace HsNas.Cli.Find.Planning;

/// <summary>Turns measurements into a task and a plan.</summary>
/// <param name="name">Name of the task.</param>
/// <param name="text">The checked text.</param>
/// <param name="vocabulary">Size of the vocabulary.</param>
/// <param name="lengths">Mean tokens of a source and of a target sentence.</param>
internal sealed class PlanMaker(string name, CheckedText text, int vocabulary, (int Source, int Target) lengths)
{
    /// <summary>The task in a space of some size, before or after its training lengths are known.</summary>
    public TaskDefinition Task(SpaceSize size, Lengths? chosen = null) => new()
    {
        Name = name,
        Description = $"Own text, {text.Source} to {text.Target}, {text.Usable} usable pairs; made by ./hsnas find.",
        PromptName = $"parallel text, {text.Source} to {text.Target}",
        Source = text.Source,
        Target = text.Target,
        VocabularySize = vocabulary,
        ProfileSourceLength = lengths.Source,
        ProfileTargetLength = lengths.Target,
        Space = size.Space,
        Training = chosen is null ? size.Recipe : size.Recipe with
        {
            ScratchSteps = chosen.SeedSteps, ScratchWarmup = chosen.SeedSteps / 10,
            SupernetSteps = chosen.SupernetSteps, SupernetWarmup = chosen.SupernetSteps / 5,
        },
    };

    /// <summary>A vocabulary that a text of so many pairs can teach.</summary>
    public static int Vocabulary(int pairs) => pairs switch
    {
        < 5_000 => 1_000,
        < 50_000 => 2_000,
        < 500_000 => 8_000,
        < 5_000_000 => 16_000,
        _ => 32_000,
    };

    /// <summary>The plan: lengths, and what each stage will take.</summary>
    /// <param name="size">The chosen space.</param>
    /// <param name="dataset">Hash of the prepared text.</param>
    /// <param name="workers">Worker processes.</param>
    /// <param name="chosen">The chosen lengths.</param>
    /// <param name="probe">What was measured.</param>
    /// <param name="costs">What each stage costs.</param>
    /// <param name="spent">Seconds that reading and measuring took.</param>
    public FindPlan Plan(
        SpaceSize size, string dataset, int workers, Lengths chosen, TrainingProbe probe, StageCosts costs,
        (double Text, double Probe) spent) =>
        new(name, size.Name, dataset, workers, chosen, probe,
        [
            new(FindStages.Text, $"{text.Usable:N0} usable pairs of {text.Lines:N0}, vocabulary {vocabulary:N0}", spent.Text),
            new(FindStages.Probe, $"space {size.Name}: {probe.UpdateSeconds * 1000:0} ms an update", spent.Probe),
            new(FindStages.Seeds, $"{chosen.Seeds} x {chosen.SeedSteps:N0} updates, {workers} at once",
                costs.Seeds(chosen.Seeds, chosen.SeedSteps)),
            new(FindStages.Start, "storage, model, function app, workers", costs.Start),
            new(FindStages.Latency, "120 architectures on this machine", costs.Latency),
            // One worker trains the MLP when it is through with the supernet; no time is lost by it.
            new(FindStages.Labels, workers > 1 ? "3,000 labels, distilled MLP" : "3,000 labels; the MLP after the supernet", costs.Labels),
            new(FindStages.Supernet, $"{chosen.SupernetSteps:N0} updates", costs.Supernet(chosen.SupernetSteps)),
            new(FindStages.Search, "30 generations of 125", costs.Search),
            new(FindStages.Verification, "finalists, measured", costs.Verification),
            new(FindStages.Winner, $"{chosen.WinnerSteps:N0} updates, best weights kept", costs.Winner(chosen.WinnerSteps)),
            new(FindStages.Model, "model, report, five examples", costs.Ending),
        ]);
}
