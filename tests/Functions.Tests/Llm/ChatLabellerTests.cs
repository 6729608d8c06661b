using System.ClientModel;
using System.Text.Json;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using Microsoft.AspNetCore.Http;
using Polly.Timeout;

namespace HsNas.Functions.Tests.Llm;

/// <summary>Over the wire, with the real SDK.</summary>
public sealed class ChatLabellerTests : IDisposable
{
    private readonly LabellerUnderTest _labeller = new();

    public void Dispose() => _labeller.Dispose();

    [Fact]
    public async Task The_prompt_is_asked_as_one_user_message_and_everything_about_the_answer_is_kept()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5", cached: 40, reasoning: 1));
        var labels = await _labeller.AskAsync(On(model));

        Assert.Equal([26.5], labels.Bleu);
        Assert.Equal((1, 1, new TokenUsage(100, 40, 3, 1)), (labels.Tally.Calls, labels.Tally.Bought, labels.Tally.Usage));
        // 60 at $10, 40 at $5, 3 at $100, for a million.
        Assert.Equal((0.0011m, 0.0011m), (labels.Tally.Usd, labels.Tally.SpentUsd));
        var message = Assert.Single(Assert.Single(model.Requests).Body.GetProperty("messages").EnumerateArray());
        Assert.Equal(("user", _labeller.Prompts.Build(_labeller.Architectures[0]).Text),
            (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task Busy_and_broken_servers_are_asked_again_and_the_answer_is_bought_once()
    {
        await using var model = await RecordingModel.StartAsync(n => n switch
        {
            1 => RecordingModel.Busy("5"),
            2 => Results.StatusCode(500),
            3 => Results.Text("<html>a proxy's page</html>", "text/html"),
            _ => RecordingModel.Completion("26.5"),
        });
        var run = _labeller.Run();
        var labels = await _labeller.AskAsync(On(model), run: run);

        Assert.Equal((26.5, 1), (labels.Bleu[0], labels.Tally.Bought));
        Assert.Equal((1, 2), (run.Troubles.Throttled, run.Troubles.Failed));
        Assert.Equal(4, model.Requests.Count);
        Assert.Equal(1, await _labeller.Blobs.CountAsync("ledger"));
    }

    [Fact]
    public async Task Who_loses_interest_in_a_call_under_way_still_pays_once_and_begins_no_other()
    {
        using var asked = new SemaphoreSlim(0);
        using var answer = new ManualResetEventSlim();
        await using var model = await RecordingModel.StartAsync(_ =>
        {
            asked.Release();
            answer.Wait(TimeSpan.FromSeconds(30));
            return RecordingModel.Completion("no number");
        });
        var options = On(model) with { Samples = 3 };
        using var interest = new CancellationTokenSource();
        var labelling = _labeller.Labeller(options)
            .LabelAsync([_labeller.Architectures[0]], _labeller.Prompts, _labeller.Run(), interest.Token);
        Assert.True(await asked.WaitAsync(TimeSpan.FromSeconds(30)));

        await interest.CancelAsync();
        answer.Set();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => labelling);
        Assert.Equal((1, 1), (model.Requests.Count, await _labeller.Blobs.CountAsync("ledger")));

        var labels = await _labeller.AskAsync(options);
        Assert.Equal((3, 2, 3), (labels.Tally.Calls, labels.Tally.Bought, model.Requests.Count));
    }

    [Fact]
    public async Task A_model_that_never_answers_is_given_up_at_the_deadline()
    {
        using var never = new ManualResetEventSlim();
        await using var model = await RecordingModel.StartAsync(_ =>
        {
            never.Wait(TimeSpan.FromSeconds(10));
            return RecordingModel.Completion("26.5");
        });
        var run = _labeller.Run();

        await Assert.ThrowsAsync<TimeoutRejectedException>(() =>
            _labeller.AskAsync(On(model) with { Timeout = TimeSpan.FromMilliseconds(300), Deadline = TimeSpan.FromSeconds(1) }, run: run));

        never.Set();
        Assert.InRange(run.Troubles.Failed, 1, 4);
    }

    [Theory]
    [InlineData(401, "invalid_api_key", "wrong key")]
    [InlineData(404, "DeploymentNotFound", "no such deployment")]
    [InlineData(429, "insufficient_quota", "pay first")]
    public async Task What_asking_again_cannot_mend_is_not_asked_again(int status, string code, string message)
    {
        await using var model = await RecordingModel.StartAsync(
            _ => Results.Json(new { error = new { message, type = "x", code } }, statusCode: status));

        var failure = await Assert.ThrowsAsync<ClientResultException>(() => _labeller.AskAsync(On(model)));

        Assert.Contains(message, failure.Message, StringComparison.Ordinal);
        Assert.Single(model.Requests);
        Assert.Equal(0, await _labeller.Blobs.CountAsync("ledger"));
    }

    [Fact]
    public async Task Answers_of_no_use_are_kept_and_counted_by_kind_and_the_next_sample_is_asked()
    {
        IResult[] answers =
        [
            RecordingModel.Completion("I think it is good."), RecordingModel.Completion("27", finish: "length"),
                RecordingModel.Completion(null, refusal: "No."),
            RecordingModel.Filtered(), RecordingModel.Completion("BLEU: 24.25"),
        ];
        await using var model = await RecordingModel.StartAsync(n => answers[n - 1]);

        var labels = await _labeller.AskAsync(On(model));
        var tally = labels.Tally;
        Assert.Equal(24.25, labels.Bleu[0]);
        Assert.Equal((5, 5, 2, 1, 1, 0), (tally.Calls, tally.Bought, tally.Refused, tally.Truncated, tally.Unreadable, tally.Unanswered));
        Assert.Equal(5, await _labeller.Blobs.CountAsync("ledger"));

        var again = await _labeller.AskAsync(On(model) with { Offline = true });
        Assert.Equal(tally with { Bought = 0 }, again.Tally);
        Assert.Equal(5, model.Requests.Count);
    }

    [Fact]
    public async Task A_model_that_never_answers_with_a_number_is_given_up_after_the_samples_allowed()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("no idea"));
        for (var attempt = 0; attempt < 2; attempt++)
        {
            var labels = await _labeller.AskAsync(On(model) with { Samples = 5 });
            Assert.Null(labels.Bleu[0]);
            Assert.Equal((5, 1), (labels.Tally.Calls, labels.Tally.Unanswered));
            Assert.Contains("no idea", labels.Reason, StringComparison.Ordinal);
        }

        Assert.Equal(5, model.Requests.Count);
    }

    [Fact]
    public async Task Of_several_architectures_only_those_without_an_answer_are_asked_about_again()
    {
        await using var model = await RecordingModel.StartAsync(
            n => RecordingModel.Completion(
            n switch { 1 => "1: 20.00\n2: forty\n3: 22.00\n4: 123", 2 => "1: 21.00\n2: 23.50", _ => "unexpected" }));

        var labels = await _labeller.AskAsync(On(model), architectures: 4);

        Assert.Equal([20, 21, 22, 23.5], labels.Bleu);
        var prompts = model.Requests.Select(r => r.Body.GetProperty("messages")[0].GetProperty("content").GetString()!).ToList();
        Assert.Equal([_labeller.Prompts.Build([.. _labeller.Architectures.Take(4)]).Text,
            _labeller.Prompts.Build([_labeller.Architectures[1], _labeller.Architectures[3]]).Text], prompts);
        Assert.Equal(labels.Bleu, (await _labeller.AskAsync(On(model) with { Offline = true }, architectures: 4)).Bleu);
    }

    [Fact]
    public async Task Schema_answers_are_read_by_number_and_their_range_is_checked_here()
    {
        static string Answer(params (int Number, double Bleu)[] items) =>
            JsonSerializer.Serialize(new { predictions = items.Select(i => new { architecture = i.Number, bleu = i.Bleu }) });
        await using var model = await RecordingModel.StartAsync(
            n => RecordingModel.Completion(n == 1 ? Answer((2, 21.5), (1, 20.5), (3, 101)) : Answer((1, 22.5))));

        var labels = await _labeller.AskAsync(On(model) with { Answers = AnswerForm.Schema }, architectures: 3);

        Assert.Equal([20.5, 21.5, 22.5], labels.Bleu);
        var format = model.Requests.First().Body.GetProperty("response_format");
        Assert.Equal(("json_schema", true),
            (format.GetProperty("type").GetString(), format.GetProperty("json_schema").GetProperty("strict").GetBoolean()));
    }

    [Fact]
    public async Task Offline_an_unknown_question_is_an_error_and_never_a_call()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5"));

        var failure = await Assert.ThrowsAsync<LabelException>(() => _labeller.AskAsync(On(model) with { Offline = true }));

        Assert.Contains("not in the ledger", failure.Message, StringComparison.Ordinal);
        Assert.Empty(model.Requests);
    }

    [Fact]
    public async Task The_limit_is_never_passed_and_what_was_bought_is_kept()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5", prompt: 1000, completion: 25));
        // A call costs 0.0125; five of them fit, and no sixth.
        var run = _labeller.Run(limit: 0.07m);
        var labeller = _labeller.Labeller(On(model));
        var groups = new List<bool>();
        foreach (var architecture in _labeller.Architectures)
            groups.Add((await labeller.LabelAsync([architecture], _labeller.Prompts, run, CancellationToken.None)).Bleu[0] is not null);

        var bought = groups.Count(paid => paid);
        Assert.Equal(bought, model.Requests.Count);
        Assert.InRange(bought, 1, 5);
        Assert.True(run.Allowance.Exhausted);
        Assert.Equal(bought, await _labeller.Blobs.CountAsync("ledger"));
        Assert.True(groups.Take(bought).All(paid => paid));
    }

    private static LlmOptions On(RecordingModel model) => LabellerUnderTest.Options with { Endpoint = model.Endpoint };
}
