using System.CommandLine;
using System.Globalization;
using HsNas.Charts;
using HsNas.Cli.CommandLine;
using HsNas.Predictors.Latency;
using HsNas.Predictors.Mlp;
using Spectre.Console;

namespace HsNas.Cli.Commands;

/// <summary><c>latency score|design|adapt</c></summary>
internal static class LatencyCommands
{
    /// <summary>The commands.</summary>
    public static Command Create(CommandContext context)
    {
        var csv = new Option<FileInfo>(
            "--csv") { Description = "Measured latencies in HAT's csv layout.", Required = true }.AcceptExistingOnly();
        var device = new Option<string>(
            "--device") { Description = "Name of the device, for the predictor's file.", DefaultValueFactory = _ => "device" };
        var seed = new Option<long>("--seed") { Description = "Decides which tenth is held out.", DefaultValueFactory = _ => 1 };
        var output = new Option<DirectoryInfo?>(
            "--out") { Description = "Folder for the predictor (JSON) and a figure of predicted against measured latency." };
        var score = new Command("score",
            "Fits every form of latency predictor to measurements and shows its errors on a held-out tenth.") { csv, device, seed, output };
        context.Handle(score, async (parse, cancellationToken) =>
        {
            var file = parse.GetRequiredValue(csv);
            using var reader = new StreamReader(file.FullName);
            var records = HatLatencyCsv.Read(reader, file.Name);
            var predictor = LatencyPredictor.Fit(parse.GetValue(device)!, records, parse.GetValue(seed), MlpTrainingOptions.Default);
            context.Say(
                $"{records.Count} measurements of {file.Name}; a tenth chooses the form, another tenth is held out for these errors:");
            context.Console.Write(Table(predictor));
            if (parse.GetValue(output) is { } folder) await WriteAsync(predictor, records, folder, cancellationToken);
            return 0;
        });
        return new Command("latency", "Latency data sets and predictors.")
        {
            score, LatencyAdaptCommands.CreateDesign(context), LatencyAdaptCommands.CreateAdapt(context),
        };
    }

    private static Table Table(LatencyPredictor predictor)
    {
        var table = new Table().AddColumns("form", "MAPE %", "RMSE ms", "Kendall tau-b", "");
        foreach (var s in predictor.Scores)
            table.AddRow($"{s.Kind}", Number(s.Mape, "0.00"), Number(s.Rmse, "0.00"), Number(s.Tau, "0.000"),
                s.Kind == predictor.Kind ? "in use" : "");
        return table;
    }

    private static async Task WriteAsync(
        LatencyPredictor predictor, IReadOnlyList<LatencyRecord> records, DirectoryInfo folder, CancellationToken cancellationToken)
    {
        folder.Create();
        await using (var model = File.Create(Path.Combine(folder.FullName, "latency-predictor.json"))) predictor.Save(model);
        var points = records.Select(r => (r.TotalMs, predictor.PredictMs(r), (string?)null)).ToList();
        var figure = ScatterChart.Render($"{predictor.Device}: predicted against measured latency", "measured, ms", "predicted, ms",
            [new PointGroup("records", points)], diagonal: true);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "latency.svg"), figure, cancellationToken);
    }

    private static string Number(double? value, string format) => value?.ToString(format, CultureInfo.InvariantCulture) ?? "-";
}
