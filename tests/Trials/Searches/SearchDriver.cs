using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Storage;

namespace HsNas.Trials.Searches;

/// <summary>Makes searches, as a patient user would, on a system whose parts may be dead at any moment.</summary>
/// <param name="http">The function app.</param>
/// <param name="store">Its storage.</param>
/// <param name="time">Clock.</param>
/// <param name="patience">How long one step may take.</param>
/// <param name="pollInterval">Between two looks at a status.</param>
/// <param name="polled">Told how long each look took.</param>
internal sealed class SearchDriver(
    HttpClient http, IArtifactStore store, TimeProvider time, TimeSpan patience, TimeSpan pollInterval, Action<TimeSpan>? polled = null)
{
    /// <summary>Makes a search and waits for its end.</summary>
    /// <exception cref="TimeoutException">A step took longer than the patience.</exception>
    public async Task<EndedSearch> RunAsync(TrialSearch search, CancellationToken cancellationToken)
    {
        await UploadAsync(search.Task, cancellationToken);
        var id = search.ByBlob ? await SubmitByBlobAsync(search, cancellationToken) : await SubmitAsync(search, cancellationToken);
        using var client = new SearchClient(http);
        SearchStatus? last = null;
        try
        {
            await PatientlyAsync(id, async () =>
            {
                var start = time.GetTimestamp();
                last = await client.StatusAsync(id, cancellationToken);
                polled?.Invoke(time.GetElapsedTime(start));
                return last!.Status is "Completed" or "Failed" or "Terminated";
            }, cancellationToken);
        }
        catch (TimeoutException)
        {
            return new EndedSearch(
                search, id, last?.Status ?? "unknown", $"not over after {patience}: {JsonSerializer.Serialize(last, Json.Options)}", null);
        }

        var result = last!.Status == "Completed"
            ? await store.TryReadJsonAsync<SearchResult>(BlobLayout.ResultFile(id), cancellationToken) : null;
        return new EndedSearch(search, id, last.Status, last.Error, result);
    }

    /// <summary>Makes sure that a task is there.</summary>
    public Task UploadAsync(string task, CancellationToken cancellationToken) => PatientlyAsync("upload", async () =>
    {
        if (!await store.ExistsAsync(BlobLayout.Seeds(task), cancellationToken)) await new MicroTask(task).UploadAsync(store);
        return true;
    }, cancellationToken);

    /// <summary>Starts a search by HTTP; its id.</summary>
    public async Task<string> SubmitAsync(TrialSearch search, CancellationToken cancellationToken)
    {
        using var client = new SearchClient(http);
        string? id = null;
        await PatientlyAsync(search.Name, async () =>
        {
            id = (await client.SubmitAsync(search.ToBytes(), search.Name, cancellationToken)).Id;
            return true;
        }, cancellationToken);
        return id!;
    }

    private async Task<string> SubmitByBlobAsync(TrialSearch search, CancellationToken cancellationToken)
    {
        JsonElement? started = null;
        await PatientlyAsync(search.Name, async () =>
        {
            await store.TryCreateAsync(new BlobPath(BlobLayout.SearchRequests, $"{search.Name}.json"), search.ToBytes(), cancellationToken);
            if (await store.TryReadAsync(
                new BlobPath(BlobLayout.SearchRequests, $"{search.Name}.error.json"), cancellationToken) is { } error)
                throw new TrialException($"{search.Name} was refused: {System.Text.Encoding.UTF8.GetString(error)}");
            started = await store.TryReadJsonAsync<JsonElement?>(
                new BlobPath(BlobLayout.SearchRequests, $"{search.Name}.started.json"), cancellationToken);
            return started is not null;
        }, cancellationToken);
        return started!.Value.GetProperty("id").GetString()!;
    }

    /// <summary>Makes an attempt until it succeeds. A part that is dead for the moment is waited for.</summary>
    /// <exception cref="TimeoutException">It took longer than the patience.</exception>
    public async Task PatientlyAsync(string what, Func<Task<bool>> attempt, CancellationToken cancellationToken)
    {
        for (var start = time.GetTimestamp(); time.GetElapsedTime(start) < patience;)
        {
            try
            {
                if (await attempt()) return;
            }
            catch (RequestRefusedException e)
            {
                throw new TrialException($"{what} was answered {e.Status}: {e.Message}");
            }
            catch (Exception e) when (IsOutage(e, cancellationToken))
            {
                // A process has just been killed.
            }

            await Task.Delay(pollInterval, time, cancellationToken);
        }

        throw new TimeoutException($"{what}: nothing after {patience}.");
    }

    private static bool IsOutage(Exception e, CancellationToken cancellationToken) =>
        StorageFailure.Is(e) || e is AppUnavailableException or JsonException
        || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}

/// <summary>A search that is over, or that was waited for in vain.</summary>
/// <param name="Search">The search.</param>
/// <param name="Id">Its id.</param>
/// <param name="Status">Its last known status.</param>
/// <param name="Error">Why it did not complete.</param>
/// <param name="Result">What it found.</param>
internal sealed record EndedSearch(TrialSearch Search, string Id, string Status, string? Error, SearchResult? Result);

/// <summary>A trial cannot go on; the message says why.</summary>
public sealed class TrialException(string message) : Exception(message);
