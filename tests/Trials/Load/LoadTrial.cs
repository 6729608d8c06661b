using System.Collections.Concurrent;
using System.Net.Http.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Kernel;
using HsNas.Local.Stack;
using HsNas.Trials.Model;
using HsNas.Trials.Searches;
using HsNas.Storage;

namespace HsNas.Trials.Load;

/// <summary>Many searches at once on one machine, and one large fan-out of labels alone.</summary>
public static class LoadTrial
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan CloseLook = TimeSpan.FromMilliseconds(50);

    /// <summary>Runs on a stack of its own in an empty folder.</summary>
    public static async Task<LoadReport> RunAsync(
        LoadOptions options, StackOptions stackOptions, string folder, Action<string> note, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(note);
        await using var recorder = await ModelRecorder.StartAsync(time, cancellationToken);
        await using var stack = await LocalStack.StartAsync(
            TrialStack.Of(stackOptions, folder, recorder.Address, labelBatch: 100), note, time, cancellationToken);
        var account = StorageAccount.Of(stack.State.ConnectionString);
        var store = new BlobArtifactStore(account.CreateBlobs());
        using var http = new HttpClient { BaseAddress = new Uri(stack.State.FunctionsUrl), Timeout = TimeSpan.FromSeconds(60) };
        recorder.Front(new Uri(stack.State.ModelUrl), null);

        var looks = new ConcurrentBag<TimeSpan>();
        var driver = new SearchDriver(http, store, time, options.Patience, PollInterval, looks.Add);
        var searches = Enumerable.Range(0, options.Searches)
            .Select(n => new TrialSearch($"load-{n}", $"micro-load-{n % options.Tasks}", n)).ToList();
        foreach (var task in searches.Select(s => s.Task).Distinct(StringComparer.Ordinal))
            await driver.UploadAsync(task, cancellationToken);
        var memory = ProcessFigures.ResidentMegabytes(stack, "functions");

        note($"{options.Searches} searches at once");
        var start = time.GetTimestamp();
        var ids = await Task.WhenAll(searches.Select(s => driver.SubmitAsync(s, cancellationToken)));
        var submitted = time.GetElapsedTime(start).TotalSeconds;
        var histories = new Histories(http, time);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var dashboard = new DashboardReader(http, ids[0], time);
        var sampling = Task.WhenAll(histories.SampleAsync(over.Token), dashboard.LookAsync(over.Token));
        var ended = await Task.WhenAll(searches.Select(s => driver.RunAsync(s, cancellationToken)));
        var seconds = time.GetElapsedTime(start).TotalSeconds;
        await over.CancelAsync();
        await sampling;
        await histories.ReadAllAsync(cancellationToken);
        var (times, memoryThen) =
            (looks.Select(l => l.TotalMilliseconds).Order().ToList(), ProcessFigures.ResidentMegabytes(stack, "functions"));
        var pages = dashboard.Times.Select(l => l.TotalMilliseconds).Order().ToList();

        note($"{options.Labels} labels, bought");
        recorder.Front(new Uri(stack.State.ModelUrl), null);
        var bought = await FanOutAsync(driver, http, stack, recorder, options.Labels, round: 1, time, cancellationToken);
        note($"{options.Labels} labels, out of the ledger");
        await store.DeleteAsync(BlobLayout.Champion(FanOutTask), cancellationToken);
        recorder.Front(new Uri(stack.State.ModelUrl), null);
        var replayed = await FanOutAsync(driver, http, stack, recorder, options.Labels, round: 2, time, cancellationToken);

        return new LoadReport(
            searches.Count, ended.Count(e => e.Status == "Completed"), submitted, seconds, times.Count, At(times, 0.5), At(times, 0.95),
            times[^1],
            histories.Instances, histories.Most, (memory, memoryThen), bought, replayed,
            [.. ended.Where(e => e.Status != "Completed").Select(e => $"{e.Search.Name} is {e.Status}: {e.Error}")])
        {
            Pages = (pages.Count, dashboard.Unchanged, At(pages, 0.5), At(pages, 0.95), pages[^1]),
        };
    }

    private const string FanOutTask = "micro-labels";

    // The search's own clock tells how long the stage has lasted when its last label is seen.
    private static async Task<LabelFanOut> FanOutAsync(
        SearchDriver driver, HttpClient http, LocalStack stack, ModelRecorder recorder, int labels, int round, TimeProvider time,
        CancellationToken cancellationToken)
    {
        await driver.UploadAsync(FanOutTask, cancellationToken);
        var id = await driver.SubmitAsync(new TrialSearch($"labels-{round}", FanOutTask, round, labels), cancellationToken);
        LabelFanOut? fanOut = null;
        var (functions, storage) = (ProcessFigures.CpuSeconds(stack, "functions"), ProcessFigures.CpuSeconds(stack, "azurite"));
        while (true)
        {
            await Task.Delay(CloseLook, time, cancellationToken);
            var status = (await http.GetFromJsonAsync<SearchStatus>(
                new Uri($"/api/searches/{id}", UriKind.Relative), Json.Options, cancellationToken))!;
            var stage = status.Stages.Single(s => s.Name == SearchStages.Distillation);
            if (stage.Done == labels)
                fanOut ??= new LabelFanOut(labels, recorder.Counts.Asked, stage.Seconds ?? 0, recorder.Counts.Busy.TotalSeconds)
            {
                FunctionsCpu = ProcessFigures.CpuSeconds(stack, "functions") - functions,
                StorageCpu = ProcessFigures.CpuSeconds(stack, "azurite") - storage,
            };
            if (status.Status == "Completed")
                return fanOut ?? throw new TrialException($"{labels} labels were never seen done; the stage is {stage}.");
            if (status.Status is "Failed" or "Terminated")
                throw new TrialException($"The search for {labels} labels is {status.Status}: {status.Error}");
        }
    }

    private static double At(List<double> sorted, double share) =>
        sorted[Math.Min(sorted.Count - 1, (int)Math.Ceiling(share * sorted.Count) - 1)];
}
