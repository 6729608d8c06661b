using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using HsNas.Contracts;
using HsNas.EndToEnd.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Trials;
using HsNas.Predictors.LanguageModels;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>
/// A distillation started by hand over HTTP, followed through the Durable status. No worker runs, because only labels matter here.
/// </summary>
internal sealed class Distillation(HsNasSystem system, string id)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static async Task<Distillation> StartAsync(HsNasSystem system, object request, MicroTask? task = null)
    {
        using var answer = await system.Http.PostAsJsonAsync(
            new Uri($"/api/predictors/{(task ?? MicroTask.Plain).Name}/redistil", UriKind.Relative), request);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        return new Distillation(system, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!);
    }

    /// <summary>Waits until so many are labelled, or the distillation is over; its custom status.</summary>
    public async Task<JsonElement> UntilAsync(int labelled) =>
        (await WaitAsync(s => Custom(s) is { } c && c.GetProperty("Labelled").GetInt32() >= labelled)).GetProperty("customStatus");

    /// <summary>Waits until all labels are there and the MLP's training is submitted; the tally.</summary>
    public async Task<Tally> LabelledAsync() =>
        Tally.Of((await WaitAsync(s => Custom(s) is { } c && c.GetProperty("Job").ValueKind == JsonValueKind.Object))
            .GetProperty("customStatus"));

    /// <summary>Waits until it failed; its reason and tally.</summary>
    public async Task<(string Reason, Tally Tally)> FailedAsync()
    {
        var status = await WaitAsync(s => s.GetProperty("runtimeStatus").GetString() == "Failed");
        return (status.GetProperty("output").GetString()!, Tally.Of(status.GetProperty("customStatus")));
    }

    public async Task TerminateAsync()
    {
        using var answer = await system.Http.PostAsync(
            new Uri($"/runtime/webhooks/durabletask/instances/{id}/terminate?reason=seen", UriKind.Relative), null);
        answer.EnsureSuccessStatusCode();
        await WaitAsync(s => s.GetProperty("runtimeStatus").GetString() == "Terminated");
    }

    public static async Task<IReadOnlyList<LedgerEntry>> LedgerAsync(IArtifactStore store)
    {
        var entries = new List<LedgerEntry>();
        await foreach (var name in store.ListAsync(BlobLayout.Ledger, "")) entries.Add(
            await store.ReadJsonAsync<LedgerEntry>(new BlobPath(BlobLayout.Ledger, name)));
        return entries;
    }

    /// <summary>The labels that the MLP is trained on, as bytes.</summary>
    public static async Task<byte[]> LabelsAsync(IArtifactStore store)
    {
        await foreach (var name in store.ListAsync(BlobLayout.PredictorsContainer, $"{MicroTask.Plain.Name}/"))
            if (name.EndsWith("/labels.json", StringComparison.Ordinal))
                return await store.ReadAsync(new BlobPath(BlobLayout.PredictorsContainer, name));
        throw new InvalidOperationException("No labels were stored.");
    }

    private static JsonElement? Custom(JsonElement status) =>
        status.GetProperty("customStatus") is { ValueKind: JsonValueKind.Object } custom ? custom : null;

    private async Task<JsonElement> WaitAsync(Func<JsonElement, bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        JsonElement status = default;
        try
        {
            while (true)
            {
                status = await system.Http.GetFromJsonAsync<JsonElement>(
                    new Uri($"/runtime/webhooks/durabletask/instances/{id}", UriKind.Relative), patience.Token);
                if (reached(status)) return status;
                Assert.False(status.GetProperty("runtimeStatus").GetString() is "Failed" or "Completed", $"{status}\n{system.Logs}");
                await Task.Delay(100, patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{status}\n{system.Logs}", e);
        }
    }

    /// <summary>What the labels took, as the status shows it.</summary>
    internal sealed record Tally(
        int Calls, int Bought, decimal Usd, decimal SpentUsd, int Refused, int Truncated, int Unreadable, int Unanswered, int Unpaid)
    {
        public static Tally Of(JsonElement custom) => custom.GetProperty("Tally").Deserialize<Tally>()!;
    }
}
