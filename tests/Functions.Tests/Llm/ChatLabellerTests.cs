using System.ClientModel;
using HsNas.Functions.Llm;
using HsNas.Functions.Tests.Support;
using HsNas.Shared.Prompting;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Tests.Llm;

/// <summary>Over the wire, with the real SDK.</summary>
public sealed class ChatLabellerTests : IDisposable
{
    private static readonly Prompt Question = new("shared part\n", "BLEU: ");

    private readonly TemporaryStore _blobs = new();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task The_prompt_is_asked_as_one_user_message_with_a_token_limit()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5"));
        var label = await Labeller(model).LabelAsync(Question, CancellationToken.None);

        Assert.Equal(new Label(26.5, Calls: 1, Bought: 1, PromptTokens: 100, CompletionTokens: 3), label);
        var request = Assert.Single(model.Requests);
        Assert.Equal("some-model", request.GetProperty("model").GetString());
        Assert.Equal(25, request.GetProperty("max_completion_tokens").GetInt32());
        var message = Assert.Single(request.GetProperty("messages").EnumerateArray());
        Assert.Equal(("user", "shared part\nBLEU: "), (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Busy_and_broken_servers_are_asked_again_and_the_answer_is_bought_once()
    {
        await using var model = await RecordingModel.StartAsync(n => n switch
        {
            1 => Results.StatusCode(429),
            2 => Results.StatusCode(500),
            _ => RecordingModel.Completion("26.5"),
        });
        var label = await Labeller(model).LabelAsync(Question, CancellationToken.None);

        Assert.Equal((26.5, 1), (label.Bleu, label.Bought));
        Assert.Equal(3, model.Requests.Count);
        Assert.Equal(1, await _blobs.CountAsync("ledger"));
    }

    [Fact]
    public async Task A_refused_key_is_not_asked_again()
    {
        await using var model = await RecordingModel.StartAsync(_ => Results.Json(new { error = new { message = "wrong key", type = "invalid_request_error" } }, statusCode: 401));

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => Labeller(model).LabelAsync(Question, CancellationToken.None));

        Assert.Contains("wrong key", failure.Message, StringComparison.Ordinal);
        Assert.Single(model.Requests);
        Assert.Equal(0, await _blobs.CountAsync("ledger"));
    }

    [Fact]
    public async Task An_answer_that_is_no_number_is_kept_and_the_next_sample_asked()
    {
        string[] answers = ["I think it is good.", "between 20 and 30", "BLEU: 24.25"];
        await using var model = await RecordingModel.StartAsync(n => RecordingModel.Completion(answers[n - 1]));

        var label = await Labeller(model).LabelAsync(Question, CancellationToken.None);
        Assert.Equal(new Label(24.25, Calls: 3, Bought: 3, PromptTokens: 300, CompletionTokens: 9), label);
        Assert.Equal(3, await _blobs.CountAsync("ledger"));

        var again = await Labeller(model).LabelAsync(Question, CancellationToken.None);
        Assert.Equal(label with { Bought = 0 }, again);
        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task A_model_that_never_answers_with_a_number_is_given_up_after_the_samples_allowed()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("no idea"));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var failure = await Assert.ThrowsAsync<LabelException>(() => Labeller(model).LabelAsync(Question, CancellationToken.None));
            Assert.Contains("no usable answer in 5 samples", failure.Message, StringComparison.Ordinal);
            Assert.Contains("no idea", failure.Message, StringComparison.Ordinal);
        }

        Assert.Equal(5, model.Requests.Count);
    }

    private ChatLabeller Labeller(RecordingModel model)
    {
        var options = new LlmOptions { Endpoint = model.Endpoint, Model = "some-model", ApiKey = "key" };
        return new ChatLabeller(options, new LabelLedger(_blobs.Store), TimeProvider.System);
    }
}
