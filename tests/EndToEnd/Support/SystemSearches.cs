using System.Text;
using System.Text.Json;
using HsNas.Client;
using HsNas.Contracts.Requests;
using HsNas.Kernel;
using HsNas.Trials;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Searches over HTTP, as any user has them.</summary>
internal sealed class SystemSearches(HttpClient http, Func<string> logs)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    /// <summary>A request for a search of a task; another seed makes one that the scores of earlier ones do not answer.</summary>
    public static object Request(string task, bool compare = false, bool trainWinner = true, int seed = 7) => new
    {
        task,
        limits = new { gFlops = MicroTask.GFlopsLimit },
        evolution = new { iterations = 6, population = 12, parents = 4, mutations = 4, crossovers = 4, seed },
        labels = 60,
        compare,
        trainWinner,
    };

    public async Task<HttpResponseMessage> PostAsync(object request, string? key = null)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, "/api/searches")
        {
            Content = new StringContent(JsonSerializer.Serialize(request), Encoding.UTF8, "application/json"),
        };
        if (key is not null) message.Headers.Add("Idempotency-Key", key);
        return await http.SendAsync(message);
    }

    /// <summary>Starts a search that must be accepted; its id.</summary>
    public async Task<string> StartAsync(object request, string? key = null)
    {
        using var client = new SearchClient(http);
        var accepted = await client.SubmitAsync(JsonSerializer.SerializeToUtf8Bytes(request), key, CancellationToken.None);
        return accepted.Id;
    }

    public async Task<SearchStatus> StatusAsync(string id)
    {
        using var client = new SearchClient(http);
        return await client.StatusAsync(id, CancellationToken.None);
    }

    /// <summary>Waits until the status is as wanted; fails where the search ends otherwise.</summary>
    public async Task<SearchStatus> UntilAsync(string id, Func<SearchStatus, bool> reached)
    {
        using var patience = new CancellationTokenSource(Patience);
        SearchStatus? status = null;
        try
        {
            while (true)
            {
                status = await StatusAsync(id);
                if (reached(status)) return status;
                Assert.False(IsOver(status), $"{JsonSerializer.Serialize(status)}\n{logs()}");
                await Task.Delay(30, patience.Token);
            }
        }
        catch (OperationCanceledException e)
        {
            throw new TimeoutException($"{JsonSerializer.Serialize(status)}\n{logs()}", e);
        }
    }

    public Task<SearchStatus> EndAsync(string id) => UntilAsync(id, IsOver);

    /// <summary>The result of a search that must complete.</summary>
    public async Task<SearchResult> ResultAsync(string id)
    {
        var status = await EndAsync(id);
        Assert.True(status.Status == "Completed", $"{status.Status}: {status.Error}\n{logs()}");
        using var client = new SearchClient(http);
        return JsonSerializer.Deserialize<SearchResult>(await client.ResultAsync(id, CancellationToken.None), Json.Options)!;
    }

    public static StageStatus Stage(SearchStatus status, string name) => status.Stages.Single(s => s.Name == name);

    private static bool IsOver(SearchStatus status) => status.Status is "Completed" or "Failed" or "Terminated";
}
