using HsNas.Functions.Llm;
using HsNas.Functions.Tests.Support;
using HsNas.Shared.Messaging;

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
            Key(i % 4),
            async () =>
            {
                Interlocked.Increment(ref bought);
                await Task.Delay(20);
                return Entry(i % 4);
            },
            CancellationToken.None))));

        Assert.Equal(4, bought);
        Assert.Equal(4, answers.Count(a => a.Bought));
        Assert.All(answers.Index(), a => Assert.Equal(a.Index % 4, a.Item.Entry.Value));
        Assert.Equal(4, await _blobs.CountAsync(BlobLayout.Ledger));
    }

    [Fact]
    public async Task What_an_earlier_process_bought_is_not_bought_again()
    {
        await new LabelLedger(_blobs.Store).GetOrBuyAsync(Key(1), () => Task.FromResult(Entry(1)), CancellationToken.None);

        var (entry, bought) = await new LabelLedger(_blobs.Store).GetOrBuyAsync(Key(1), () => throw new InvalidOperationException("paid twice"), CancellationToken.None);

        Assert.False(bought);
        Assert.Equal(1, entry.Value);
    }

    [Fact]
    public async Task Of_two_processes_that_buy_at_once_the_first_answer_stands_for_both()
    {
        var (first, second) = (new LabelLedger(_blobs.Store), new LabelLedger(_blobs.Store));
        var (slow, quick) = (new TaskCompletionSource<LedgerEntry>(), Entry(7));

        var late = first.GetOrBuyAsync(Key(1), () => slow.Task, CancellationToken.None);
        await second.GetOrBuyAsync(Key(1), () => Task.FromResult(quick), CancellationToken.None);
        slow.SetResult(Entry(99));

        Assert.Equal(7, (await late).Entry.Value);
    }

    [Fact]
    public async Task A_failed_purchase_leaves_the_question_open_for_the_next()
    {
        var ledger = new LabelLedger(_blobs.Store);
        var failing = new TaskCompletionSource<LedgerEntry>();
        var first = ledger.GetOrBuyAsync(Key(1), () => failing.Task, CancellationToken.None);
        var second = ledger.GetOrBuyAsync(Key(1), () => Task.FromResult(Entry(2)), CancellationToken.None);
        failing.SetException(new HttpRequestException("down"));

        await Assert.ThrowsAsync<HttpRequestException>(() => first);
        Assert.Equal((2.0, true), ((await second).Entry.Value, (await second).Bought));
    }

    [Fact]
    public void The_key_tells_prompt_model_version_endpoint_and_sample_apart()
    {
        var options = new LlmOptions { Model = "m", ModelVersion = "1", Endpoint = "e" };
        string[] keys =
        [
            LabelLedger.Key("p", options, 0), LabelLedger.Key("q", options, 0), LabelLedger.Key("p", options, 1),
            LabelLedger.Key("p", options with { Model = "n" }, 0), LabelLedger.Key("p", options with { ModelVersion = "2" }, 0),
            LabelLedger.Key("p", options with { Endpoint = "f" }, 0), LabelLedger.Key("pm", options with { Model = "" }, 0),
        ];

        Assert.Equal(keys.Length, keys.Distinct().Count());
        Assert.Equal(keys[0], LabelLedger.Key("p", options with { Concurrency = 1, ApiKey = "other" }, 0));
    }

    private static string Key(int question) => BlobLayout.Fingerprint($"{question}");

    private static LedgerEntry Entry(double value) => new("m", "1", 0, $"{value}", value, null, 1, 1, 1, DateTimeOffset.UnixEpoch);
}
