using System.CommandLine;
using System.Globalization;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Predictors.Latency;

namespace HsNas.Cli.Commands;

/// <summary>
/// <c>latency design|adapt</c>: a new device from ten measurements and what is known of other devices (docs/method.md, "Ten
/// measurements of a new device").
/// </summary>
internal static class LatencyAdaptCommands
{
    private const string FileName = "latency-predictor.json";

    /// <summary><c>latency design</c></summary>
    public static Command CreateDesign(CommandContext context)
    {
        var (from, task, connection) = (From(), Task(), Connection());
        var output = new Option<FileInfo>("--out", "-o")
        {
            Description = "File to write: HAT's csv layout with zeros for the latencies, and the architecture in a last column.",
            DefaultValueFactory = _ => new FileInfo("ten.csv"),
        };
        var command = new Command("design", "Names the ten architectures to measure on a new device.") { from, task, output, connection };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var definition = await context.Workspace.TaskAsync(parse.GetRequiredValue(task), cancellationToken);
            var sources = await SourcesAsync(
                context, parse.GetRequiredValue(from), definition.Name, parse.GetValue(connection), cancellationToken);
            var lines = AdaptationDesign.Choose(sources, definition.Space).Select(a => string.Join(',',
                [.. LatencyRecord.FeaturesOf(a).Select(f => f.ToString("R", CultureInfo.InvariantCulture)), "0,0,0,0",
                    a.Key.Replace(',', ' ')]));
            var file = parse.GetRequiredValue(output);
            await File.WriteAllLinesAsync(
                file.FullName, [string.Join(',', HatLatencyCsv.Columns) + ",architecture", .. lines], cancellationToken);
            context.Say($"Measure the architectures of {Workspace.Display(file.FullName)}, fill in its latencies, then run "
                + "'hsnas latency adapt'.");
            return 0;
        });
        return command;
    }

    /// <summary><c>latency adapt</c></summary>
    public static Command CreateAdapt(CommandContext context)
    {
        var (from, task, connection) = (From(), Task(), Connection());
        var device = new Option<string>("--device") { Description = "Name of the new device.", Required = true };
        var csv = new Option<FileInfo>("--records") { Description = "What was measured on it, in HAT's csv layout.", Required = true }
            .AcceptExistingOnly();
        var output = new Option<DirectoryInfo?>("--out", "-o")
        {
            Description = "Folder for the predictor; where not given it goes into the storage, and searches of the device use it.",
        };
        var command = new Command("adapt", "Makes a device's latency predictor from ten measurements and other devices' predictors.")
        {
            device, from, task, csv, output, connection,
        };
        context.Handle(command, async (parse, cancellationToken) =>
        {
            var (name, target) = (parse.GetRequiredValue(task), parse.GetRequiredValue(device));
            var sources = await SourcesAsync(context, parse.GetRequiredValue(from), name, parse.GetValue(connection), cancellationToken);
            var file = parse.GetRequiredValue(csv);
            using var reader = new StreamReader(file.FullName);
            var records = HatLatencyCsv.Read(reader, file.Name);
            var adapted = AdaptedLatencyPredictor.Fit(target, sources, records);
            context.Say(string.Create(CultureInfo.InvariantCulture,
                $"{target}: {records.Count} measurements; other devices: {sources.Count}; form: {adapted.Kind}; "
                    + $"leave-one-out error {adapted.Score.Mape:0.0} %."));
            using var model = new MemoryStream();
            adapted.Save(model);
            context.Say(await WriteAsync(context, parse.GetValue(output), parse.GetValue(connection), target, name, model.ToArray(),
                cancellationToken));
            return 0;
        });
        return command;
    }

    private static async Task<string> WriteAsync(CommandContext context, DirectoryInfo? folder, string? connection, string device,
        string task, byte[] model, CancellationToken cancellationToken)
    {
        if (folder is null)
        {
            var path = BlobLayout.LatencyModel(device, task);
            await LedgerCommands.Open(context, connection).WriteAsync(path, model, cancellationToken);
            return $"Stored as {path}: searches of {task} on {device} use it.";
        }

        folder.Create();
        var file = Path.Combine(folder.FullName, FileName);
        await File.WriteAllBytesAsync(file, model, cancellationToken);
        return Workspace.Display(file);
    }

    // A source is a file, or a device whose predictor for the task lies in the storage.
    private static async Task<IReadOnlyList<LatencyPredictor>> SourcesAsync(
        CommandContext context, string names, string task, string? connection, CancellationToken cancellationToken)
    {
        var sources = new List<LatencyPredictor>();
        foreach (var name in names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var model = File.Exists(name)
                ? await File.ReadAllBytesAsync(name, cancellationToken)
                : await LedgerCommands.Open(context, connection).TryReadAsync(BlobLayout.LatencyModel(name, task), cancellationToken)
                    ?? throw new CliException($"No latency predictor of {name} for {task} is stored, and {name} is no file.");
            sources.Add(LatencyPredictor.Load(new MemoryStream(model), name));
        }

        return sources.Count > 0 ? sources : throw new CliException("--from names no device.");
    }

    private static Option<string> From() => new("--from")
    {
        Description = "Devices whose predictors for the task lie in the storage, or files of predictors; separated by commas.",
        Required = true,
    };

    private static Option<string> Task() => new("--task") { Description = "Task whose space is measured.", Required = true };

    private static Option<string?> Connection() => new("--connection")
    {
        Description = "Storage connection string; as for 'ledger' where not given.",
    };
}
