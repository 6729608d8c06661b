using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Specialized;
using Azure.Storage.Queues;
using Azure.Storage.Queues.Models;
using HsNas.FunctionsRuntime.Tests.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;

namespace HsNas.FunctionsRuntime.Tests.Storage;

public sealed class StorageTriggerTests(Azurite azurite) : IClassFixture<Azurite>
{
    [Fact]
    public async Task Queue_messages_bind_as_text_bytes_message_and_object()
    {
        var seen = new Seen();
        foreach (var name in new[] { "texts", "bytes", "raw", "orders" })
        {
            await Queue(name).CreateIfNotExistsAsync();
        }

        await Queue("texts").SendMessageAsync("hello");
        await Queue("bytes").SendMessageAsync("abc");
        await Queue("raw").SendMessageAsync("message");
        await Queue("orders").SendMessageAsync("""{"id":7,"Item":"x"}""");
        await using var host = await StartAsync(seen, typeof(QueueFunctions));

        Assert.Equal("hello", await seen.Of("texts"));
        Assert.Equal("3 bytes", await seen.Of("bytes"));
        Assert.Equal("message 1", await seen.Of("raw"));
        Assert.Equal("Order { Id = 7, Item = x }", await seen.Of("orders"));
        await EmptyAsync(Queue("texts"));
    }

    [Fact]
    public async Task A_message_that_always_fails_goes_to_the_poison_queue_after_five_attempts()
    {
        var seen = new Seen();
        await Queue("cursed").CreateIfNotExistsAsync();
        await Queue("cursed").SendMessageAsync("doom");
        await using var host = await StartAsync(seen, typeof(CursedQueue));

        var poison = await FirstAsync(Queue("cursed-poison"));

        Assert.Equal("doom", poison.Body.ToString());
        Assert.Equal(5, seen.Count("cursed"));
        await EmptyAsync(Queue("cursed"));
    }

    [Fact]
    public async Task Queue_outputs_go_out_from_return_values_and_from_properties()
    {
        await using var host = await StartAsync(new Seen(), typeof(Outputs));

        using var first = await host.Http.PostAsync("/api/multi", null);
        using var second = await host.Http.PostAsync("/api/single", null);

        Assert.Equal("answered", await first.Content.ReadAsStringAsync());
        Assert.Equal("""{"Id":1,"Item":"made"}""", (await FirstAsync(Queue("made"))).Body.ToString());
        var many = new List<string>();
        while (many.Count < 2)
        {
            many.Add((await FirstAsync(Queue("many"))).Body.ToString());
        }

        Assert.Equal(["a", "b"], many.Order());
    }

    [Fact]
    public async Task A_blob_is_processed_once_a_version_even_across_restarts()
    {
        var seen = new Seen();
        var folder = Path.Combine(Path.GetTempPath(), "hsnas-" + Guid.NewGuid().ToString("N"));
        var container = await ContainerAsync("requests");
        await container.UploadBlobAsync("in/one.json", BinaryData.FromString("""{"Id":1,"Item":"first"}"""));
        await container.UploadBlobAsync("elsewhere/two.json", BinaryData.FromString("{}"));
        await using (await StartAsync(seen, typeof(BlobFunctions), folder))
        {
            Assert.Equal("one: Order { Id = 1, Item = first }", await seen.Of("blob"));
        }

        await using (await StartAsync(seen, typeof(BlobFunctions), folder))
        {
            await container.GetBlobClient("in/one.json")
                .UploadAsync(BinaryData.FromString("""{"Id":2,"Item":"second"}"""), overwrite: true);
            Assert.Equal("one: Order { Id = 2, Item = second }", await seen.Of("blob"));
        }

        Assert.Equal(2, seen.Count("blob"));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Blobs_bind_as_text_bytes_stream_and_clients()
    {
        var seen = new Seen();
        var container = await ContainerAsync("shapes");
        await container.UploadBlobAsync("x", BinaryData.FromString("abc"));
        await using var host = await StartAsync(seen, typeof(BlobShapes));
        Assert.Equal("abc", await seen.Of("string"));
        Assert.Equal("3", await seen.Of("bytes"));
        Assert.Equal("abc", await seen.Of("stream"));
        Assert.Equal("x in shapes", await seen.Of("client"));
        Assert.Equal("x", await seen.Of("block"));
    }

    [Fact]
    public async Task A_blob_that_always_fails_is_reported_after_five_attempts()
    {
        var seen = new Seen();
        var container = await ContainerAsync("curses");
        await container.UploadBlobAsync("doom", BinaryData.FromString("x"));
        await using var host = await StartAsync(seen, typeof(CursedBlob));

        using var poison = JsonDocument.Parse((await FirstAsync(Queue("webjobs-blobtrigger-poison"))).Body.ToString());

        Assert.Equal("doom", poison.RootElement.GetProperty("BlobName").GetString());
        Assert.Equal("curses", poison.RootElement.GetProperty("ContainerName").GetString());
        Assert.Equal(5, seen.Count("cursed"));
    }

    private static async Task EmptyAsync(QueueClient queue)
    {
        for (var attempt = 0; attempt < 100 && (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount > 0; attempt++)
        {
            await Task.Delay(100);
        }

        Assert.Equal(0, (await queue.GetPropertiesAsync()).Value.ApproximateMessagesCount);
    }

    private static async Task<QueueMessage> FirstAsync(QueueClient queue)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (await queue.ExistsAsync() && (await queue.ReceiveMessageAsync()).Value is { } message)
            {
                return message;
            }

            await Task.Delay(100);
        }

        throw new TimeoutException($"{queue.Name} stayed empty.");
    }

    private QueueClient Queue(string name) =>
        new(azurite.ConnectionString, name, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 });

    private async Task<BlobContainerClient> ContainerAsync(string name)
    {
        var container = new BlobContainerClient(azurite.ConnectionString, name);
        await container.CreateIfNotExistsAsync();
        return container;
    }

    private Task<HostUnderTest> StartAsync(Seen seen, Type functions, string? folder = null) => HostUnderTest.StartAsync(
        [functions],
        builder => builder.Services.AddSingleton(seen),
        new()
        {
            ["AzureWebJobsStorage"] = azurite.ConnectionString,
            ["AzureFunctionsJobHost:extensions:queues:maxPollingInterval"] = "00:00:01",
        },
        folder);

    internal sealed record Order(int Id, string Item);

    internal sealed class Seen
    {
        private readonly ConcurrentQueue<(string Kind, string Text)> all = new();
        private readonly ConcurrentDictionary<string, int> read = new();

        internal void Add(string kind, string text) => all.Enqueue((kind, text));

        internal int Count(string kind) => all.Count(item => item.Kind == kind);

        internal async Task<string> Of(string kind)
        {
            var index = read.AddOrUpdate(kind, 0, (_, last) => last + 1);
            for (var attempt = 0; attempt < 300; attempt++)
            {
                if (all.Where(item => item.Kind == kind).Skip(index).Select(item => item.Text).FirstOrDefault() is { } text)
                {
                    return text;
                }

                await Task.Delay(100);
            }

            throw new TimeoutException($"Nothing came for {kind}.");
        }
    }

    internal sealed class QueueFunctions(Seen seen)
    {
        [Function("Texts")]
        public void Texts([QueueTrigger("texts")] string text) => seen.Add("texts", text);

        [Function("Bytes")]
        public void Bytes([QueueTrigger("bytes")] byte[] bytes) => seen.Add("bytes", $"{bytes.Length} bytes");

        [Function("Raw")]
        public void Raw([QueueTrigger("raw")] QueueMessage message, long dequeueCount) => seen.Add("raw", $"{message.Body} {dequeueCount}");

        [Function("Orders")]
        public Task Orders([QueueTrigger("orders")] Order order)
        {
            seen.Add("orders", order.ToString());
            return Task.CompletedTask;
        }
    }

    internal sealed class CursedQueue(Seen seen)
    {
        [Function("Cursed")]
        public void Run([QueueTrigger("cursed")] string text)
        {
            seen.Add("cursed", text);
            throw new InvalidOperationException("always");
        }
    }

    internal sealed class Outputs
    {
        [Function("Multi")]
        public MultiResult Multi([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
            new() { Response = new ContentResult { Content = "answered" }, Message = new Order(1, "made") };

        [Function("Single")]
        [QueueOutput("many")]
        public string[] Single([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) => ["a", "b"];
    }

    internal sealed class MultiResult
    {
        [HttpResult]
        public IActionResult? Response { get; init; }

        [QueueOutput("made")]
        public Order? Message { get; init; }
    }

    internal sealed class BlobFunctions(Seen seen)
    {
        [Function("Request")]
        public void Run([BlobTrigger("requests/in/{name}.json")] Order order, string name) => seen.Add("blob", $"{name}: {order}");
    }

    internal sealed class BlobShapes(Seen seen)
    {
        [Function("AsString")]
        public void AsString([BlobTrigger("shapes/{name}")] string text) => seen.Add("string", text);

        [Function("AsBytes")]
        public void AsBytes([BlobTrigger("shapes/{name}")] byte[] bytes) => seen.Add("bytes", $"{bytes.Length}");

        [Function("AsStream")]
        public async Task AsStream([BlobTrigger("shapes/{name}")] Stream stream)
        {
            using var reader = new StreamReader(stream);
            seen.Add("stream", await reader.ReadToEndAsync());
        }

        [Function("AsClient")]
        public void AsClient([BlobTrigger("shapes/{name}")] BlobClient blob) =>
            seen.Add("client", $"{blob.Name} in {blob.BlobContainerName}");

        [Function("AsBlock")]
        public void AsBlock([BlobTrigger("shapes/{name}")] BlockBlobClient blob) => seen.Add("block", blob.Name);
    }

    internal sealed class CursedBlob(Seen seen)
    {
        [Function("CursedBlob")]
        public void Run([BlobTrigger("curses/{name}")] string text)
        {
            seen.Add("cursed", text);
            throw new InvalidOperationException("always");
        }
    }
}
