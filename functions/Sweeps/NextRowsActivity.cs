using HsNas.Contracts;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Files;
using HsNas.Functions.Sweeps.Files;
using HsNas.Kernel.Stores;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Sweeps;

/// <summary>
/// Chooses the rows that are started next, in the order in which they were asked for. A row whose search has a result is not started
/// again. Of the rows that may buy labels one does so at a time: the next of its task finds what it bought, and all of them together
/// keep the sweep's limit on money.
/// </summary>
public sealed class NextRowsActivity(
    SweepFiles sweeps, SweepRecorder recorder, SearchFiles searches, SearchCanceller canceller, IArtifactStore store)
{
    /// <summary>The rows, and what else the orchestration must know.</summary>
    [Function(nameof(NextRowsActivity))]
    public async Task<NextRows> RunAsync(
        [ActivityTrigger] NextRowsInput input, [DurableClient] DurableTaskClient client, FunctionContext context)
    {
        var (sweep, cancellation) = (input.Run.Sweep, context.CancellationToken);
        var state = await sweeps.StateAsync(sweep, cancellation);
        var next = new NextRows([], HasMore: false, Strangers: 0, state.Entries);
        if (state.IsStopped) return next;
        var definition = (await sweeps.TryGetAsync(sweep, cancellation))!;
        var outcomes = await sweeps.OutcomesAsync(sweep, cancellation);
        var open = OpenRows(input, state, outcomes);
        var places = input.IsLast ? 0 : definition.Parallel - input.Running.Count;
        var (chosen, strangers) = (new List<SweptSearch>(), 0);
        var hasNoPredictor = Once(async task => !await store.ExistsAsync(BlobLayout.Champion(task), cancellation));
        var budget = await Budget.OfAsync(
            definition, outcomes, input.Running, s => SweepRecorder.SpentAsync(client, s, hasEnded: false, cancellation));
        var isBuying = await AnyAsync(
            input.Running.Where(r => r.BuysLabels), s => SweepRecorder.MaySpendAsync(client, s, cancellation));
        foreach (var row in open)
        {
            if (chosen.Count + strangers >= places) return next with { Searches = chosen, Strangers = strangers, HasMore = true };
            var buys = row.Request.UsesLanguageModel && await hasNoPredictor(row.Request.Task);
            if (buys && isBuying) continue;
            if (await store.ExistsAsync(BlobLayout.ResultFile(row.Search), cancellation))
            {
                await recorder.RecordAsync(client, input.Run, new SweptSearch(row.Search, false, null), null, cancellation);
                continue;
            }

            if (await LivesAsync(client, row.Search, cancellation))
            {
                strangers++;
                continue;
            }

            await PrepareAsync(client, row, outcomes, cancellation);
            chosen.Add(new SweptSearch(row.Search, buys, budget.For(buys)));
            isBuying |= buys;
        }

        return next with { Searches = chosen, Strangers = strangers };
    }

    private static Func<string, Task<bool>> Once(Func<string, Task<bool>> ask)
    {
        var answers = new Dictionary<string, Task<bool>>(StringComparer.Ordinal);
        return about => answers.TryGetValue(about, out var known) ? known : answers[about] = ask(about);
    }

    private static List<SweepRow> OpenRows(NextRowsInput input, SweepState state, IReadOnlyList<SweepOutcome> outcomes)
    {
        var running = input.Running.Select(r => r.Search).ToHashSet(StringComparer.Ordinal);
        var ended = outcomes.Where(o => !state.Retries || o.Error is null || o.Run == input.Run.Run)
            .Select(o => o.Search).ToHashSet(StringComparer.Ordinal);
        return [.. state.Rows.Where(r => !running.Contains(r.Search) && !ended.Contains(r.Search))];
    }

    private static async Task<bool> AnyAsync<T>(IEnumerable<T> items, Func<T, Task<bool>> isSo)
    {
        foreach (var item in items)
            if (await isSo(item)) return true;
        return false;
    }

    private static async Task<bool> LivesAsync(DurableTaskClient client, string search, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(search, cancellationToken) is { IsCompleted: false };

    private async Task PrepareAsync(
        DurableTaskClient client, SweepRow row, IReadOnlyList<SweepOutcome> outcomes, CancellationToken cancellationToken)
    {
        await searches.WriteRequestAsync(row.Search, row.Request, cancellationToken);
        if (outcomes.All(o => o.Search != row.Search)) return;
        // What a failed attempt has left behind would be in the way of the new one; what it spent is recorded.
        await canceller.CancelAsync(client, row.Search, cancellationToken);
        await client.PurgeInstanceAsync(SearchInstances.Distillation(row.Search), cancellationToken);
    }
}

/// <summary>Input of <see cref="NextRowsActivity"/>.</summary>
/// <param name="Run">The run of the sweep.</param>
/// <param name="Running">Searches that it has started and that have not ended.</param>
/// <param name="IsLast">Whether nothing more is to be started before the run continues as new.</param>
public sealed record NextRowsInput(SweepRun Run, IReadOnlyList<SweptSearch> Running, bool IsLast);

/// <summary>What is to be done next.</summary>
/// <param name="Searches">Searches to start now.</param>
/// <param name="HasMore">Whether rows are left that only have no place yet.</param>
/// <param name="Strangers">Searches of rows that run without belonging to this run.</param>
/// <param name="Entries">Entries of the log that were seen.</param>
public sealed record NextRows(IReadOnlyList<SweptSearch> Searches, bool HasMore, int Strangers, int Entries);
