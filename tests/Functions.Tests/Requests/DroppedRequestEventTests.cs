using System.Text.Json;
using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Kernel.Stores;

namespace HsNas.Functions.Tests.Requests;

/// <summary>Requests that Event Grid tells of, as it does where nobody looks into containers.</summary>
public sealed class DroppedRequestEventTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Theory]
    [InlineData("/blobServices/default/containers/search-requests/blobs/nightly/a.json", "nightly/a")]
    [InlineData("/blobServices/default/containers/search-requests/blobs/.json", null)]
    [InlineData("/blobServices/default/containers/search-requests/blobs/a.txt", null)]
    [InlineData("/blobServices/default/containers/searches/blobs/a.json", null)]
    [InlineData("", null)]
    public void An_events_subject_names_the_request(string subject, string? name) => Assert.Equal(name, BlobLayout.NameOfRequest(subject));

    [Fact]
    public async Task A_request_is_answered_when_an_event_tells_of_it_and_a_message_that_is_none_becomes_poison()
    {
        await using var app = await FunctionApp.StartAsync(azurite.ConnectionString);
        var name = $"told-{Guid.NewGuid():N}";
        var answer = BlobLayout.RequestAnswer(name, ".error");
        await app.Store.WriteTextAsync(BlobLayout.Request(name), "{\"task\":\"nobody-knows-it\"}");
        await UntilAsync(() => app.Store.ExistsAsync(answer));
        // The look into the container has answered, and does so once for a blob. From here on only the event can.
        await app.Store.DeleteAsync(answer);
        var queue = app.Queues.GetQueueClient(BlobLayout.RequestEventQueue);
        await queue.CreateIfNotExistsAsync();

        await queue.SendMessageAsync("{\"no\":\"subject\"}");
        await queue.SendMessageAsync(JsonSerializer.Serialize(new
        {
            eventType = "Microsoft.Storage.BlobCreated",
            subject = $"/blobServices/default/containers/{BlobLayout.SearchRequests}/blobs/{name}.json",
        }));

        await UntilAsync(() => app.Store.ExistsAsync(answer));
        var poison = app.Queues.GetQueueClient(BlobLayout.RequestEventQueue + "-poison");
        await UntilAsync(async () => await poison.ExistsAsync() && (await poison.PeekMessagesAsync()).Value.Length == 1);
    }

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(120));
        while (!await condition()) await Task.Delay(100, limit.Token);
    }
}
