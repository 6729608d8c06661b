using Azure.Storage.Blobs;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Hosting;
using HsNas.Cli.Http;
using HsNas.Cli.Models;
using HsNas.Cli.Screens;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;
using HsNas.Local.Stack;
using HsNas.Storage;

namespace HsNas.Cli.Commands;

/// <summary>One demo from an empty folder to the last screen.</summary>
internal sealed class Demo(CommandContext context, string task, bool keep, bool fresh)
{
    /// <summary>Where between the fastest and the slowest architecture the default limit lies.</summary>
    private const double LimitShare = 0.6;

    // Measurements are kept by the name of the device, so that a second name shares none with the first.
    private const string MeasuredAgain = "measured-again";

    private static readonly Constraint LatencyLimit = ConstraintSet.BuiltIn.Single(c => c.Id == ConstraintIds.LatencyMs);

    private readonly Workspace _workspace = context.Workspace;

    private readonly DeviceMemory _device = new(context.Workspace.DeviceFolder);

    private string StackFolder => Path.Combine(_workspace.DemoFolder, "run");

    /// <summary>Clears the folder and makes sure that there is a data set.</summary>
    /// <exception cref="CliException">A demo runs in this checkout already.</exception>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        if (StackState.TryReadRunning(StackFolder) is { } running)
            throw new CliException($"A demo runs here already (process {running.Supervisor.Id}).");
        await StackEnding.StopAsync(StackFolder, context.Time);
        if (fresh) _device.Forget();
        if (!keep && Directory.Exists(_workspace.DemoFolder)) Directory.Delete(_workspace.DemoFolder, recursive: true);
        Directory.CreateDirectory(_workspace.DemoFolder);
        if (!await _workspace.Data.ExistsAsync(BlobLayout.CurrentDataset(task), cancellationToken))
            await DataCommands.PrepareAsync(context, await _workspace.TaskAsync(task, cancellationToken), cancellationToken);
    }

    /// <summary>Starts the stack, runs the search, saves and shows what it found; the exit code.</summary>
    public async Task<int> RunAsync(DemoWish wish, CancellationToken cancellationToken)
    {
        var options = StackOptions.FromEnvironment(_workspace.Root, StackFolder, context.Variable);
        context.Say("Starting storage, model, function app and workers ...");
        await using var stack = await LocalStack.StartAsync(options, line => context.Say("  " + line), context.Time, cancellationToken);
        var storage = new BlobArtifactStore(new BlobServiceClient(stack.State.ConnectionString));
        if (await _device.RestoreAsync(storage, cancellationToken))
            context.Say("  latencies of this machine are known from an earlier demo (--fresh measures again)");
        using var client = new SearchClient(new FunctionAppAddress(new Uri(stack.State.FunctionsUrl + "/"), null));
        var outcome = await SearchAsync(client, wish, device: null, cancellationToken);
        var again = wish.LatencyMs is null && outcome.Result is { Requested.Winner: null };
        if (again)
        {
            context.Say("No finalist kept the limit when it was measured: this machine is slower now than when the limit was chosen, or "
                + "busy. Limit and latencies are measured anew, once; labels and supernet are there.");
            _device.Forget();
            outcome = await SearchAsync(client, wish, MeasuredAgain, cancellationToken);
        }

        if (outcome.Result is null)
        {
            await context.Errors.WriteLineAsync($"Logs: {Workspace.Display(options.LogFolder)}");
            return outcome.ExitCode;
        }

        // What did not hold is not kept for the next demo, which would fail by it; nor is the half of two measurements.
        if (again || outcome.Result.Requested.Winner is null) _device.Forget();
        else await _device.KeepAsync(storage, cancellationToken);
        var files = await outcome.SaveAsync(client, _workspace.DemoFolder, cancellationToken);
        if (outcome.Result.Requested.Training is { } training)
        {
            var model = Path.Combine(_workspace.DemoFolder, "model");
            await ModelDownload.SaveAsync(storage, training, model, cancellationToken);
            files.Add($"Model: {Workspace.Display(model)}; try: echo 'Open the file.' | ./hsnas translate");
        }

        ResultScreen.Print(context.Console, outcome.Result, files, context.Constraints);
        ReportOffer.Here(context).Make(Path.Combine(_workspace.DemoFolder, "report.html"));
        return outcome.ExitCode;
    }

    private async Task<SearchOutcome> SearchAsync(
        SearchClient client, DemoWish wish, string? device, CancellationToken cancellationToken)
    {
        var limit = wish.LatencyMs ?? await ChooseLimitAsync(cancellationToken);
        var request = new RequestJson().Set(SearchFields.Task, task).Set(SearchFields.Device, device)
            .Set(SearchFields.Limit(LatencyLimit), limit)
            .Set(SearchFields.Seed, wish.Seed).Set(SearchFields.Compare, wish.Compare ? true : null);
        var accepted = await client.SubmitAsync(request.ToBytes(), key: null, cancellationToken);
        context.Say($"Search {accepted.Id}: {task}, at most {limit:0.#} ms a sentence on this machine, seed {wish.Seed}");
        return await SearchOutcome.FollowAsync(context, client, accepted.Id, cancellationToken);
    }

    /// <summary>A limit that excludes the slow part of the space on this machine.</summary>
    private async Task<double> ChooseLimitAsync(CancellationToken cancellationToken)
    {
        if (await _device.TryGetLimitAsync(cancellationToken) is { } known) return known;
        context.Say("Measuring how fast this machine is ...");
        var (fastest, slowest) = await new WorkerProgram(_workspace).ProbeAsync(task, cancellationToken);
        var limit = Math.Round(fastest + (LimitShare * (slowest - fastest)), 1);
        context.Say($"This machine needs {fastest:0.0} to {slowest:0.0} ms a sentence, by architecture; "
            + $"the limit is {limit:0.0} ms (--latency-ms chooses another)");
        await _device.KeepLimitAsync(limit, cancellationToken);
        return limit;
    }
}

/// <summary>What a demo's search is asked for.</summary>
/// <param name="LatencyMs">Latency limit; null: one that excludes the slow part of the space on this machine.</param>
/// <param name="Seed">Seed of the evolution.</param>
/// <param name="Compare">Whether the plain supernet search is run, too.</param>
internal sealed record DemoWish(double? LatencyMs, long Seed, bool Compare);
