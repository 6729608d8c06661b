using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;

namespace HsNas.Functions.Tests.Llm;

public sealed class LabelLedgerTests : IDisposable
{
    private readonly TemporaryStore _blobs = new();

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task A_question_is_bought_once_however_many_ask_at_the_same_time()
    {
        var ledger = new LabelLedger(_blobs.Store);
        var bought = 0;
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => Task.Run(() => ledger.GetOrBuyAsync(
            Entry(i % 4).Key,
            async () =>
            {
                Interlocked.Increment(ref bought);
                await Task.Delay(20);
                return Entry(i % 4);
            },
            CancellationToken.None))));

        Assert.Equal(4, bought);
        Assert.Equal(4, answers.Count(a => a.Bought));
        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 4, a.Item.Entry!.Values[0].Value));
        Assert.Equal(4, await _blobs.CountAsync(BlobLayout.Ledger));
    }

    [Fact]
    public async Task What_an_earlier_process_bought_is_not_bought_again()
    {
        await new LabelLedger(_blobs.Store).GetOrBuyAsync(Entry(1).Key, () => Buy(1), CancellationToken.None);

        var (entry, bought) = await new LabelLedger(_blobs.Store)
            .GetOrBuyAsync(Entry(1).Key, () => throw new InvalidOperationException("paid twice"), CancellationToken.None);

        Assert.False(bought);
        Assert.Equivalent(Entry(1), entry, strict: true);
    }

    [Fact]
    public async Task Of_two_processes_that_buy_at_once_the_first_answer_stands_for_both()
    {
        var (first, second) = (new LabelLedger(_blobs.Store), new LabelLedger(_blobs.Store));
        var slow = new TaskCompletionSource<LedgerEntry?>();

        var late = first.GetOrBuyAsync(Entry(7).Key, () => slow.Task, CancellationToken.None);
        await second.GetOrBuyAsync(Entry(7).Key, () => Buy(7), CancellationToken.None);
        slow.SetResult(Entry(7) with { Answer = "another" });

        Assert.Equal("7", (await late).Entry!.Answer);
    }

    [Fact]
    public async Task A_failed_purchase_leaves_the_question_open_for_the_next()
    {
        var ledger = new LabelLedger(_blobs.Store);
        var failing = new TaskCompletionSource<LedgerEntry?>();
        var first = ledger.GetOrBuyAsync(Entry(2).Key, () => failing.Task, CancellationToken.None);
        var second = ledger.GetOrBuyAsync(Entry(2).Key, () => Buy(2), CancellationToken.None);
        failing.SetException(new HttpRequestException("down"));

        await Assert.ThrowsAsync<HttpRequestException>(() => first);
        Assert.Equal((2.0, true), ((await second).Entry!.Values[0].Value, (await second).Bought));
    }

    [Fact]
    public async Task A_purchase_that_was_not_made_stores_nothing()
    {
        var (entry, bought) = await new LabelLedger(_blobs.Store)
            .GetOrBuyAsync(Entry(1).Key, () => Task.FromResult<LedgerEntry?>(null), CancellationToken.None);

        Assert.True(entry is null && !bought);
        Assert.Equal(0, await _blobs.CountAsync(BlobLayout.Ledger));
    }

    [Fact]
    public void The_key_tells_prompt_model_version_sample_and_settings_apart()
    {
        var entry = Entry(1);
        string[] keys =
        [
            entry.Key, (entry with { PromptHash = "q" }).Key, (entry with { Sample = 1 }).Key, (entry with { Model = "n" }).Key,
            (entry with { ModelVersion = "2" }).Key, (entry with { Settings = "schema" }).Key,
                (entry with { Model = "", ModelVersion = "m1" }).Key,
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], (entry with { Answer = "x", Usd = 5, At = DateTimeOffset.MaxValue }).Key);
    }

    [Fact]
    public void Settings_that_change_answers_are_part_of_the_key_and_the_papers_are_not_named()
    {
        var paper = new LlmOptions { Model = "m" };

        Assert.Equal("", ChatLabeller.Settings(paper, ""));
        Assert.Equal("",
            ChatLabeller.Settings(paper with { Concurrency = 1, ApiKey = "k", Endpoint = "http://x/v1", ArchitecturesPerCall = 4 }, ""));
        string[] settings =
        [
            ChatLabeller.Settings(paper with { Answers = AnswerForm.Schema }, ""),
                ChatLabeller.Settings(paper with { Temperature = 0.5 }, ""),
            ChatLabeller.Settings(paper with { Reasoning = true, ReasoningEffort = "low" }, ""),
                ChatLabeller.Settings(paper, "20260101"), "",
        ];
        Assert.Equal(settings.Length, settings.Distinct().Count());
    }

    private static Task<LedgerEntry?> Buy(double value) => Task.FromResult<LedgerEntry?>(Entry(value));

    private static LedgerEntry Entry(double value) => new()
    {
        PromptHash = $"prompt {value}",
        Model = "m",
        ModelVersion = "1",
        Sample = 0,
        Answer = $"{value}",
        FinishReason = "stop",
        Values = [new ParsedAnswer(value, null)],
        Usage = new(10, 5, 2, 1),
        Usd = 0.0001m,
        Milliseconds = 12.5,
        At = DateTimeOffset.UnixEpoch,
    };
}
