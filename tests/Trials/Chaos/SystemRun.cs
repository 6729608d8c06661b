using HsNas.Kernel;
using HsNas.Local.Stack;
using HsNas.Trials.Model;
using HsNas.Trials.Searches;
using HsNas.Storage;

namespace HsNas.Trials.Chaos;

/// <summary>One run of a series of searches on a stack of its own, disturbed or not.</summary>
internal sealed class SystemRun(
    ChaosOptions options, StackOptions stackOptions, ModelRecorder recorder, Action<string> note, TimeProvider time)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(2);

    private readonly SeededRandom _random = SeededRandom.For(options.Seed, 0, "chaos");

    /// <summary>Makes <paramref name="count"/> searches undisturbed.</summary>
    public Task<RunOutcome> UndisturbedAsync(int count, CancellationToken cancellationToken) => RunAsync(null, count, cancellationToken);

    /// <summary>Makes searches as long as kills are left to make, and waits for them.</summary>
    public Task<RunOutcome> DisturbedAsync(CancellationToken cancellationToken) => RunAsync(new FaultCounts(), 0, cancellationToken);

    private async Task<RunOutcome> RunAsync(FaultCounts? faults, int count, CancellationToken cancellationToken)
    {
        await using var stack = await LocalStack.StartAsync(stackOptions, Quiet, time, cancellationToken);
        var account = StorageAccount.Of(stack.State.ConnectionString);
        var (store, queues) = (new BlobArtifactStore(account.CreateBlobs()), account.CreateQueues());
        recorder.Front(new Uri(stack.State.ModelUrl), store);
        using var http = new HttpClient { BaseAddress = new Uri(stack.State.FunctionsUrl), Timeout = TimeSpan.FromSeconds(10) };
        var driver = new SearchDriver(http, store, time, options.Patience, PollInterval);
        var start = time.GetTimestamp();

        var disturber = faults is null ? null : new Disturber(
            new ProcessFaults(stack, _random, faults, time), new MessageFaults(queues, _random, faults, time), _random, faults,
            options.Kills, note, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var disturbing = disturber?.RunAsync(ending.Token) ?? Task.CompletedTask;
        try
        {
            var sweeping = new SweepDriver(http, driver).RunAsync(new TrialSweep(options.Seed), cancellationToken);
            var searches = await SearchAsync(driver, n => disturber?.IsActive ?? n < count, disturbing, cancellationToken);
            await disturbing;
            var sweep = await sweeping;
            note($"sweep: {sweep.Counts.Done} of {TrialSweep.Searches} done{(sweep.Error is { } error ? $": {error}" : "")}");
            var seconds = time.GetElapsedTime(start).TotalSeconds;
            await QuietAsync(http, cancellationToken);
            return new RunOutcome(searches, sweep, await SystemSnapshot.TakeAsync(store, queues, http, cancellationToken), recorder.Counts,
                faults ?? new FaultCounts(), seconds);
        }
        finally
        {
            await ending.CancelAsync();
            await disturbing.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<IReadOnlyList<EndedSearch>> SearchAsync(
        SearchDriver driver, Func<int, bool> more, Task disturbing, CancellationToken cancellationToken)
    {
        var (ended, running, next) = (new List<EndedSearch>(), new List<Task<EndedSearch>>(), 0);
        while (true)
        {
            while (running.Count < options.Searches && more(next))
                running.Add(driver.RunAsync(TrialSearch.OfSeries(options.Seed, next++), cancellationToken));
            if (disturbing.IsFaulted) await disturbing;
            if (running.Count == 0) return ended;
            var first = await Task.WhenAny(running);
            running.Remove(first);
            ended.Add(await first);
            note($"{ended[^1].Search.Name} {ended[^1].Status}{(ended[^1].Error is { } error ? $": {error}" : "")}");
        }
    }

    // Children of finished searches, and messages that were sent twice, may need a moment longer.
    private async Task QuietAsync(HttpClient http, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < QuietPatience;)
        {
            try
            {
                if ((await SystemSnapshot.UnfinishedAsync(http, cancellationToken)).Count == 0) return;
            }
            catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException
                && !cancellationToken.IsCancellationRequested)
            {
                // The last kill was a moment ago, so a process may still be starting.
            }

            await Task.Delay(TimeSpan.FromSeconds(1), time, cancellationToken);
        }
    }

    private static void Quiet(string line)
    {
        // Restarts are expected, so they are not told.
    }
}

/// <summary>What a run ended with.</summary>
internal sealed record RunOutcome(
    IReadOnlyList<EndedSearch> Searches, EndedSweep Sweep, SystemSnapshot Snapshot, ModelCounts Model, FaultCounts Faults, double Seconds);
