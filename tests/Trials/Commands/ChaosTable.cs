using System.Globalization;
using HsNas.Trials.Chaos;
using Spectre.Console;

namespace HsNas.Trials.Commands;

/// <summary>What a chaos trial did and found.</summary>
internal static class ChaosTable
{
    /// <summary>Prints it.</summary>
    public static void Print(IAnsiConsole console, ChaosReport report)
    {
        var table = new Table().AddColumns("", "disturbed", "undisturbed");
        var kills = report.Faults.Kills.OrderBy(k => k.Key, StringComparer.Ordinal).Select(k => $"{k.Key} {k.Value}");
        Row("kill -9", $"{report.Faults.AllKills}: {string.Join(", ", kills)}", "0");
        Row("messages duplicated, delayed; replies dropped",
            $"{report.Faults.Duplicated}, {report.Faults.Delayed}; {report.Faults.Dropped}", "0, 0; 0");
        Row("searches with identical trace, front, winner", $"{report.Identical} of {report.Searches}", $"{report.Searches}");
        Row("rows of the sweep with a result; forms of its table identical to the byte", $"{report.SweepRows}; {report.IdenticalTables}");
        Row("blobs compared (states, plans, weights, predictors)", Number(report.Blobs));
        Row("worker jobs; lost", $"{report.Jobs}; {report.LostJobs}");
        Row("ledger entries, each key once", Number(report.Ledger), Number(report.UndisturbedModel.Distinct));
        Row("answers of the model", Number(report.Model.Answered), Number(report.UndisturbedModel.Answered));
        Row("  of them lost in flight and asked for again", Number(report.Model.LostInFlight),
            Number(report.UndisturbedModel.LostInFlight));
        Row("  of them paid though the ledger held them", Number(report.Model.PaidTwice), Number(report.UndisturbedModel.PaidTwice));
        Row("stuck instances; poisoned messages", $"{report.StuckInstances}; {report.Poisoned}");
        Row("seconds", Seconds(report.Seconds), Seconds(report.UndisturbedSeconds));
        Row("differences", Number(report.Differences.Count));
        console.Write(table);

        void Row(string name, string disturbed, string undisturbed = "") =>
            table.AddRow(name, Markup.Escape(disturbed), Markup.Escape(undisturbed));
    }

    private static string Seconds(double value) => value.ToString("0", CultureInfo.InvariantCulture);

    private static string Number(int value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
