using System.Globalization;
using HsNas.Simulation.Devices;
using HsNas.Simulation.Parts;

namespace HsNas.Simulation.Commands;

/// <summary>The tables of docs/scale.md.</summary>
internal static class ScaleTables
{
    private const double Hour = 3600;

    /// <summary>Head of the tables of simulations.</summary>
    public const string Head =
        "| case | searches | tasks | workers | hours in all | searches an hour | hours of a search: median, p95 "
        + "| p95 wait for a worker, min | $ a search | workers lost | refusals | used most |\n"
        + "|---|---|---|---|---|---|---|---|---|---|---|---|";

    /// <summary>A line of them.</summary>
    public static string Row(string label, Deployment deployment, Workload work)
    {
        var r = Simulated.Run(deployment, work);
        var loads = string.Join(", ", r.Loads.Take(2).Select(l => Text($"{l.Part} {100 * l.Share:F0} %")));
        return Text($"| {label} | {work.Searches} | {work.Tasks} | {deployment.Workers} | {r.Hours:F1} | {work.Searches / r.Hours:F1} ")
            + Text($"| {r.MedianHours:F2}, {r.SlowHours:F2} | {r.SlowWait / 60:F1} | {r.DollarsPerSearch:F2} | {r.Losses} ")
            + Text($"| {r.Refused} | {loads} |");
    }

    /// <summary>Prints them all.</summary>
    public static int Print(TextWriter to)
    {
        to.WriteLine("| device | supernet, h | one scoring, s | search, 4 % of slots, min | search in full, min | winner, h "
            + "| supernet, $ | search, $ | winner, $ |\n|---|---|---|---|---|---|---|---|---|");
        foreach (var d in GpuDevice.All)
        {
            var (score, search) = (WmtWork.Score(d), 0.04 * WmtWork.Slots * WmtWork.Score(d));
            to.WriteLine(Text($"| {d.Name} | {WmtWork.Supernet(d) / Hour:F0} | {score:F2} | {search / 60:F1} ")
                + Text($"| {WmtWork.Slots * score / 60:F0} | {WmtWork.Winner(d) / Hour:F0} ")
                + Text($"| {WmtWork.Supernet(d) / Hour * d.Price:F0} | {search / Hour * d.Price:F2} ")
                + Text($"| {WmtWork.Winner(d) / Hour * d.Price:F0} |"));
        }

        to.WriteLine();
        to.WriteLine(Head);
        foreach (var (label, deployment, work) in ScaleCases.All) to.WriteLine(Row(label, deployment, work));
        to.WriteLine();
        foreach (var searches in new[] { 5, 20, 100 })
        {
            var (deployment, work) = ScaleCases.Load(searches);
            to.WriteLine(Text($"./hsnas load --searches {searches}: {Simulated.Run(deployment, work).Hours * Hour:F0} s"));
        }

        return 0;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
