using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Kernel.Validation;
using HsNas.Trials;
using HsNas.Predictors.Latency;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>The timer's re-distillation asks in a batch of the provider; nobody else does.</summary>
public sealed class BatchRedistillationTests() : LabelSystem(
    "batches",
    new Dictionary<string, string>
    {
        ["RedistilSchedule"] = "*/2 * * * * *",
        ["Redistillation__Tasks"] = MicroTask.Plain.Name,
        ["Redistillation__Labels"] = $"{Labels}",
        ["Redistillation__Batch"] = "true",
        ["Redistillation__BatchPoll"] = "00:00:01",
        ["Redistillation__BatchPollMost"] = "00:00:01",
    },
    [MicroTask.Plain, MicroTask.Twin, MicroTask.Endless],
    // Long enough to be killed and started again meanwhile.
    ("Batches__Delay", "00:00:05"))
{
    private const int Labels = 40;
    private const int SearchLabels = 60;

    [Fact]
    public async Task A_scheduled_batch_is_taken_once_when_the_app_is_killed_while_it_runs()
    {
        await UntilAsync(async () => (await Model.BatchesAsync()).Any(b => Status(b) == "in_progress"));
        await System.KillAsync();
        Assert.Equal("in_progress", Status(Assert.Single(await Model.BatchesAsync())));
        Assert.Equal((0, 0), ((await Model.RequestsAsync()).Count, await System.Store.CountAsync(BlobLayout.Ledger)));
        await System.StartFunctionsAsync();

        var tally = await new Distillation(System, await RunningAsync()).LabelledAsync();
        var requests = await Model.RequestsAsync();
        Assert.Equal((0, 0), (tally.Unanswered, tally.Unpaid));
        AssertBoughtOnce(requests, Labels);
        // The batch answered before the questions that it left open were asked one by one.
        var counts = Assert.Single(await Model.BatchesAsync()).GetProperty("request_counts");
        Assert.Equal((Labels, requests.Take(Labels).Count(r => r.Answered)),
            (counts.GetProperty("total").GetInt32(), counts.GetProperty("completed").GetInt32()));
        await AssertLedgerIsTheBillAsync(requests);

        var manual = await (await Distillation.StartAsync(System, new { labels = Labels }, MicroTask.Twin)).LabelledAsync();
        Assert.Equal((0, manual.Calls), (manual.Unanswered, manual.Bought));
        await UploadLatenciesAsync();
        var search = await System.Searches.StartAsync(SystemSearches.Request(MicroTask.Endless.Name));
        await System.Searches.UntilAsync(
            search, s => SystemSearches.Stage(s, SearchStages.Distillation) is { State: StageState.Running, Done: > 0 });
        var searched = await new Distillation(System, $"{search}-distillation").LabelledAsync();
        Assert.Equal((0, searched.Calls), (searched.Unanswered, searched.Bought));

        Assert.Single(await Model.BatchesAsync());
        requests = await Model.RequestsAsync();
        AssertBoughtOnce(requests, Labels + Labels + SearchLabels);
        await AssertLedgerIsTheBillAsync(requests);
    }

    private async Task<string> RunningAsync() =>
        (await System.Http.GetFromJsonAsync<JsonElement>(new Uri($"/api/predictors/{MicroTask.Plain.Name}", UriKind.Relative)))
            .GetProperty("running").GetString()!;

    // No worker runs, so the latencies that a search needs first are written here.
    private Task UploadLatenciesAsync() =>
        System.Store.WriteTextAsync(BlobLayout.LatencyModel("default", MicroTask.Endless.Name), JsonSerializer.Serialize(
        new LatencyPredictorData
        {
            Device = "default",
            LeastMs = 1,
            Records = 12,
            Model = new LatencyModelData { Kind = LatencyModelKind.DepthOnly, Coefficients = [1, 1, 1] },
            Scores = [new LatencyModelScore(LatencyModelKind.DepthOnly, 1, 1, 1, null)],
        },
        StrictJson.Options));

    private async Task AssertLedgerIsTheBillAsync(IReadOnlyList<FaultyModelProcess.Recorded> requests)
    {
        var ledger = await Distillation.LedgerAsync(System.Store);
        Assert.Equal(requests.Count(r => r.Answered), ledger.Count);
        Assert.Equal(Bill(requests, inBatch: Labels), ledger.Sum(e => e.Usd!.Value));
    }

    private static string Status(JsonElement batch) => batch.GetProperty("status").GetString()!;

    private async Task UntilAsync(Func<Task<bool>> reached)
    {
        for (var attempt = 0; attempt < 600; attempt++)
        {
            if (await reached()) return;
            await Task.Delay(50);
        }

        throw new TimeoutException(System.Logs);
    }
}
