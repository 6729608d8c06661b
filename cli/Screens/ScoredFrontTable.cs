using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Reporting;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>What a search for one winner knows of the trade-off between loss and latency.</summary>
internal static class ScoredFrontTable
{
    /// <summary>At most <paramref name="most"/> points, evenly along the front, the ends among them.</summary>
    public static Table Build(RunResult run, int most)
    {
        var table = new Table().Border(TableBorder.Rounded)
            .AddColumn("front of what was scored in full").AddColumn("supernet loss").AddColumn("cost");
        foreach (var point in Shown(run.ScoredFront, most))
        {
            var winner = point.Architecture == run.Winner?.Architecture ? "[green]winner:[/] " : "";
            table.AddRow([
                winner + ArchitectureWords.Sizes(point.Architecture).EscapeMarkup(),
                string.Create(CultureInfo.InvariantCulture, $"{point.LossBits:0.0000} bits"), Cost(point),
            ]);
        }

        return table;
    }

    private static IEnumerable<ScoredPoint> Shown(IReadOnlyList<ScoredPoint> front, int most) => front.Count <= most
        ? front
        : Enumerable.Range(0, most).Select(i => front[(int)Math.Round(i * (front.Count - 1) / (most - 1.0))]);

    private static string Cost(ScoredPoint point) => point.LatencyMs is { } latency
        ? string.Create(CultureInfo.InvariantCulture, $"{latency:0.00} ms predicted")
        : string.Create(CultureInfo.InvariantCulture, $"{point.GFlops:0.0000} GFLOPs");
}
