using System.Net;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Trials;

namespace HsNas.EndToEnd.Tests;

/// <summary>Searches that are killed or cancelled, or whose data is broken.</summary>
[Collection(SystemCollection.Name)]
public sealed class DisturbedSearchTests(RunningSystems systems)
{
    [Fact]
    public async Task A_search_ends_with_the_same_winner_and_trace_when_it_is_killed_in_the_middle()
    {
        var undisturbed = await systems.Main.Searches.ResultAsync(await systems.FirstSearchAsync());
        var killed = systems.Killed;
        await killed.StartAsync();
        var id = await killed.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name));
        Func<SearchStatus, bool>[] moments =
        [
            s => SystemSearches.Stage(s, SearchStages.Distillation) is { State: StageState.Running, Done: > 0 },
            s => SystemSearches.Stage(s, SearchStages.Search) is { State: StageState.Running, Done: >= 3 },
            s => SystemSearches.Stage(s, SearchStages.Training).State == StageState.Running,
        ];
        foreach (var moment in moments)
        {
            await killed.Searches.UntilAsync(id, moment);
            await killed.KillAsync();
            await killed.StartAsync();
        }

        var result = await killed.Searches.ResultAsync(id);

        Same.Outcome(undisturbed, result);
        Assert.Equal(undisturbed.Requested.SupernetScorings, result.Requested.SupernetScorings);
        Assert.Equal(60, await killed.Store.CountAsync(BlobLayout.Ledger));
        foreach (var queue in BlobLayout.Queues.Where(q => q.EndsWith("-poison", StringComparison.Ordinal)))
        {
            var client = killed.Queues.GetQueueClient(queue);
            if (await client.ExistsAsync()) Assert.Empty((await client.PeekMessagesAsync()).Value);
        }
    }

    [Fact]
    public async Task A_search_stops_its_job_and_its_task_can_be_searched_again_when_it_is_cancelled()
    {
        var main = systems.Main;
        await main.Searches.ResultAsync(await systems.FirstSearchAsync());
        for (var round = 1; round <= 2; round++)
        {
            // The second search has the same job, by content. It must run although it was cancelled once.
            var id = await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Endless.Name));
            var early =
                await main.Searches.UntilAsync(
                    id, s => SystemSearches.Stage(s, SearchStages.Supernet) is { State: StageState.Running, Done: > 20 });
            var steps = SystemSearches.Stage(early, SearchStages.Supernet).Done;
            await main.Searches.UntilAsync(id, s => SystemSearches.Stage(s, SearchStages.Supernet).Done > steps + 20);

            using var cancelled = await main.Http.PostAsync(new Uri($"/api/searches/{id}/cancel", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.Accepted, cancelled.StatusCode);
            var status = await main.Searches.EndAsync(id);
            Assert.Equal(("Terminated", "cancelled by the user"), (status.Status, status.Error));
            Assert.Equal(StageState.Stopped, SystemSearches.Stage(status, SearchStages.Supernet).State);
            using var again = await main.Http.PostAsync(new Uri($"/api/searches/{id}/cancel", UriKind.Relative), null);
            Assert.Equal(HttpStatusCode.Gone, again.StatusCode);
        }

        // The one worker is free for others again.
        await main.Searches.ResultAsync(
            await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Plain.Name, trainWinner: false, seed: 12)));
    }

    [Fact]
    public async Task A_search_fails_with_the_reason_of_its_job_when_the_job_fails()
    {
        var main = systems.Main;
        var status = await main.Searches.EndAsync(await main.Searches.StartAsync(SystemSearches.Request(MicroTask.Broken.Name)));

        Assert.Equal("Failed", status.Status);
        Assert.Matches("^Job train-supernet failed: Blob datasets/micro-broken/.*train.bin does not exist.$", status.Error);
    }
}
