using HsNas.Cli.CommandLine;
using HsNas.Cli.Find.Planning;
using HsNas.Cli.Find.Wishes;
using HsNas.Cli.Find.Work;
using Spectre.Console;

namespace HsNas.Cli.Find.Screens;

/// <summary>The plan before, and what it came to after.</summary>
internal static class PlanScreen
{
    /// <summary>Stages with their estimates, and what they took so far where they are begun.</summary>
    public static void Print(CommandContext context, FindPlan plan, StageLedger.State known)
    {
        var any = plan.Estimates.Any(e => known.Seconds.ContainsKey(e.Stage));
        var table = new Table().Border(TableBorder.Rounded).AddColumn("stage").AddColumn("what")
            .AddColumn(new TableColumn("about").RightAligned());
        if (any) table.AddColumn(new TableColumn("took").RightAligned());
        foreach (var estimate in plan.Estimates)
        {
            List<string> cells = [Label(estimate.Stage), estimate.What.EscapeMarkup(), Durations.Text(estimate.Seconds)];
            if (any) cells.Add(Took(known, estimate.Stage));
            table.AddRow([.. cells]);
        }

        List<string> total = ["together", "", $"{Durations.Text(plan.TotalSeconds())}"];
        if (any) total.Add(Durations.Text(Together(plan.Estimates.Select(e => e.Stage), known)));
        table.AddRow([.. total]);
        context.Console.Write(table);
    }

    /// <summary>Seconds of all stages. Labels and supernet are made side by side, and wait for each other's worker.</summary>
    internal static double Together(IEnumerable<string> stages, StageLedger.State known) =>
        stages.Sum(s => known.Seconds.GetValueOrDefault(s))
        - Math.Min(known.Seconds.GetValueOrDefault(FindStages.Labels), known.Seconds.GetValueOrDefault(FindStages.Supernet));

    private static string Took(StageLedger.State known, string stage)
    {
        if (!known.Seconds.TryGetValue(stage, out var seconds)) return "";
        return Durations.Text(seconds) + (known.Done.Contains(stage, StringComparer.Ordinal) ? "" : " so far");
    }

    private static string Label(string stage) => stage switch
    {
        FindStages.Text => "Read and encode the text",
        FindStages.Probe => "Measure a few updates",
        FindStages.Seeds => "Train seed architectures",
        FindStages.Start => "Start everything",
        FindStages.Latency => "Latency predictor",
        FindStages.Labels => "Labels, distilled MLP",
        FindStages.Supernet => "Supernet training",
        FindStages.Search => "HS-NAS search",
        FindStages.Verification => "Measure finalists",
        FindStages.Winner => "Train the winner",
        _ => "Model and examples",
    };
}
