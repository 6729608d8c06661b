using System.Net;
using System.Net.Http.Json;
using HsNas.Contracts;
using HsNas.Kernel.Stores;
using HsNas.Local.Stack.Processes;
using HsNas.Trials.Model;
using HsNas.Storage;

namespace HsNas.EndToEnd.Tests.Trials;

/// <summary>What the recorder counts, between a client and a model that are real and small.</summary>
public sealed class ModelRecorderTests : IAsyncLifetime, IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hsnas-recorder-").FullName;
    private readonly HttpListener _model = new();
    private readonly HttpClient _client = new();
    private ModelRecorder _recorder = null!;
    private DirectoryArtifactStore _ledger = null!;

    public async Task InitializeAsync()
    {
        _ledger = new DirectoryArtifactStore(_folder);
        var port = Listen(_model);
        _ = AnswerAsync(_model);
        _recorder = await ModelRecorder.StartAsync(TimeProvider.System, CancellationToken.None);
        _recorder.Front(new Uri($"http://127.0.0.1:{port}/v1"), _ledger);
    }

    [Fact]
    public async Task Different_questions_are_answers_and_nothing_else()
    {
        await AskAsync("a");
        await AskAsync("b");

        Assert.Equal((2, 2, 2, 0, 0), Counts());
    }

    [Fact]
    public async Task A_repeated_question_whose_answer_was_never_stored_was_lost_in_flight()
    {
        await AskAsync("a");
        await AskAsync("a");

        Assert.Equal((2, 2, 1, 1, 0), Counts());
    }

    [Fact]
    public async Task A_repeated_question_whose_answer_lies_in_the_ledger_is_paid_twice()
    {
        await AskAsync("a");
        await _ledger.WriteTextAsync(BlobLayout.LedgerEntry(Assert.Single(_recorder.Counts.Keys)), "{}");
        await AskAsync("a");

        Assert.Equal((2, 2, 1, 0, 1), Counts());
    }

    [Fact]
    public async Task A_dead_model_breaks_the_connection_and_answers_nothing()
    {
        _model.Stop();

        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("a"));

        Assert.Equal((1, 0, 0, 0, 0), Counts());
    }

    public async Task DisposeAsync() => await _recorder.DisposeAsync();

    public void Dispose()
    {
        _model.Close();
        _client.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task AskAsync(string prompt)
    {
        var request = new { model = "m", messages = new[] { new { role = "user", content = prompt } } };
        using var answer = await _client.PostAsJsonAsync(new Uri(_recorder.Address + "/chat/completions"), request);
        answer.EnsureSuccessStatusCode();
    }

    private (int, int, int, int, int) Counts() =>
        _recorder.Counts is var c ? (c.Asked, c.Answered, c.Distinct, c.LostInFlight, c.PaidTwice) : default;

    private static int Listen(HttpListener listener)
    {
        var port = LoopbackPorts.Find();
        listener.Prefixes.Add($"http://127.0.0.1:{port}/");
        listener.Start();
        return port;
    }

    private static async Task AnswerAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.StatusCode = 200;
                context.Response.Close();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
            {
                return;
            }
        }
    }
}
