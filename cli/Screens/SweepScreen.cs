using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Contracts.Sweeps;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>How far a sweep is.</summary>
internal static class SweepScreen
{
    /// <summary>Prints it: a line on the whole, and a table of rows.</summary>
    public static void Print(CommandContext context, SweepStatus status)
    {
        var counts = status.Counts;
        var most = status.MaxCostUsd is { } limit ? string.Create(CultureInfo.InvariantCulture, $" of ${limit:0.00##}") : "";
        context.Say(status.Error is null ? status.Status : $"{status.Status}: {status.Error}");
        context.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"{counts.Done} done, {counts.Failed} failed, {counts.Running} running, {counts.Waiting} waiting; "
                + $"${status.SpentUsd:0.00##}{most} paid for labels"));
        var table = new Table().AddColumns("search", "varied", "state", "");
        foreach (var row in status.Rows)
            table.AddRow(
                row.Search, Markup.Escape(row.Axes), row.State.ToString().ToLowerInvariant(), Markup.Escape(row.Error ?? ""));
        context.Console.Write(table);
    }
}
