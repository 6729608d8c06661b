using System.CommandLine;
using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Trials.Load;
using Spectre.Console;

namespace HsNas.Trials.Commands;

/// <summary><c>load</c>: many searches at once on this machine, and measurements of what must stay small.</summary>
internal static class LoadCommand
{
    private const int MostSearches = 1000;
    private const int FewestLabels = 100;
    private const int MostLabels = LabelCount.Default;

    /// <summary>The command.</summary>
    public static Command Create(TrialContext context)
    {
        var searches =
            new Option<int>("--searches") { Description = "Small searches submitted at once, 1 to 1,000.", DefaultValueFactory = _ => 100 };
        var labels = new Option<int>("--labels")
        {
            Description = "Labels of the fan-out measured alone, 100 to 3,000.", DefaultValueFactory = _ => MostLabels,
        };
        searches.Validators.Add(r => TrialContext.Check(r, "--searches", r.GetValueOrDefault<int>(), 1, MostSearches));
        labels.Validators.Add(r => TrialContext.Check(r, "--labels", r.GetValueOrDefault<int>(), FewestLabels, MostLabels));
        var command = new Command(
            "load", "Submits many small searches at once and measures status requests, histories, memory and the fan-out of labels.")
        {
            searches, labels,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var folder = Directory.CreateTempSubdirectory("hsnas-load-").FullName;
            var options = new LoadOptions { Searches = parse.GetValue(searches), Labels = parse.GetValue(labels) };
            var report = await LoadTrial.RunAsync(options, context.Stack(folder), folder, context.Say, context.Time, cancellationToken);
            context.Console.Write(Table(report));
            foreach (var failure in report.Failures) context.Say(failure);
            if (report.Failures.Count == 0) Directory.Delete(folder, recursive: true);
            else context.Say($"Logs: {folder}");
            return report.Failures.Count == 0 ? 0 : 1;
        });
        return command;
    }

    private static Table Table(LoadReport report)
    {
        var table = new Table().AddColumns("", "measured");

        void Row(string name, FormattableString value) => table.AddRow(name, Markup.Escape(value.ToString(CultureInfo.InvariantCulture)));

        Row("searches at once; completed", $"{report.Searches}; {report.Completed}");
        Row("accepted after; all over after", $"{report.SubmitSeconds:0.0} s; {report.Seconds:0} s");
        Row("status requests; p50, p95, slowest", $"{report.Looks}; {report.LookP50:0} ms, {report.LookP95:0} ms, {report.LookMax:0} ms");
        Row(
            "dashboard requests, unchanged; p50, p95, slowest",
            $"{report.Pages.Asked}, {report.Pages.Unchanged}; {report.Pages.P50:0} ms, {report.Pages.P95:0} ms, {report.Pages.Max:0} ms");
        Row("longest of the histories; events", $"{report.Instances}; {report.MostEvents}");
        Row("function app, resident, start and end", $"{report.ResidentMegabytes.Start:0} MB, {report.ResidentMegabytes.End:0} MB");
        foreach (var (name, fanOut) in new[] { ("bought", report.Bought), ("out of the ledger", report.Replayed) })
        {
            Row($"{fanOut.Labels} labels {name}: questions, all, model, overhead",
                $"{fanOut.Asked}, {fanOut.Seconds:0.0} s, {fanOut.ModelSeconds:0.0} s, {fanOut.Overhead:0.0} s");
            Row("  processor seconds of function app and of storage", $"{fanOut.FunctionsCpu:0.0} s, {fanOut.StorageCpu:0.0} s");
        }

        return table;
    }
}
