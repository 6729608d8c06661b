using HsNas.Trials;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>
/// 3,000 labels over HTTP from a process that spoils one answer of five: nothing is paid for twice, and the ledger is the bill.
/// </summary>
public sealed class LabelAcceptanceTests() : LabelSystem(
    "labels",
    new Dictionary<string, string> { ["Llm__BatchSize"] = "100", ["Llm__Concurrency"] = $"{Concurrency}" },
    [MicroTask.Plain])
{
    private const int Labels = 3000;
    private const int Concurrency = 16;

    [Fact]
    public async Task Labels_are_all_bought_once_and_replayed_without_the_model_when_one_answer_of_five_is_faulty()
    {
        var first = await Distillation.StartAsync(System, new { labels = Labels, maxCostUsd = 100 });
        var tally = await first.LabelledAsync();
        var requests = await Model.RequestsAsync();
        var ledger = await Distillation.LedgerAsync(System.Store);

        Assert.InRange(requests.Count(r => r.Fault != "none") / (double)requests.Count, 0.15, 0.25);
        Assert.Equal((0, 0), (tally.Unanswered, tally.Unpaid));
        AssertBoughtOnce(requests, Labels);
        Assert.All(requests.GroupBy(r => r.PromptHash, StringComparer.Ordinal), prompt => Assert.True(prompt.Last().Usable));
        Assert.Equal(requests.Count(r => r.Answered), ledger.Count);
        Assert.Equal((ledger.Count, ledger.Count), (tally.Calls, tally.Bought));
        Assert.Equal(Bill(requests), ledger.Sum(e => e.Usd!.Value));
        Assert.Equal((ledger.Sum(e => e.Usd!.Value), ledger.Sum(e => e.Usd!.Value)), (tally.Usd, tally.SpentUsd));
        Assert.Equal((requests.Count(r => r.Fault == "refusal"), requests.Count(r => r.Fault == "truncated"),
            requests.Count(r => r.Fault == "garbage")),
            (tally.Refused + PlainRefusals(ledger), tally.Truncated, tally.Unreadable - PlainRefusals(ledger)));

        var labels = await Distillation.LabelsAsync(System.Store);
        await first.TerminateAsync();
        await Model.DisposeAsync();
        var replay = await (await Distillation.StartAsync(System, new { labels = Labels })).LabelledAsync();

        Assert.Equal(tally with { Bought = 0, SpentUsd = 0 }, replay);
        Assert.Equal(labels, await Distillation.LabelsAsync(System.Store));
        Assert.Equal(ledger.Count, (await Distillation.LedgerAsync(System.Store)).Count);
    }

    [Fact]
    public async Task Labels_are_bought_once_but_for_those_in_flight_when_the_app_is_killed()
    {
        var distillation = await Distillation.StartAsync(System, new { labels = Labels });
        await distillation.UntilAsync(900);
        await System.KillAsync();
        var before = (await Distillation.LedgerAsync(System.Store)).Select(e => e.Key).ToHashSet(StringComparer.Ordinal);
        Assert.InRange(before.Count, 900, Labels);
        var lost = (await Model.RequestsAsync()).Count(r => r.Answered) - before.Count;
        Assert.InRange(lost, 0, Concurrency);

        await System.StartFunctionsAsync();
        var tally = await distillation.LabelledAsync();
        var requests = await Model.RequestsAsync();
        var ledger = await Distillation.LedgerAsync(System.Store);

        // What was in flight when the process died was paid for and never seen; everything else was bought once.
        Assert.Equal(0, tally.Unanswered);
        Assert.Equal(Labels, requests.Where(r => r.Usable).Select(r => r.PromptHash).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(requests.Count(r => r.Answered), ledger.Count + lost);
        Assert.InRange(requests.Count(r => r.Usable) - Labels, 0, lost);
        Assert.Equal(ledger.Count, tally.Calls);
        Assert.Equal(ledger.Sum(e => e.Usd!.Value), tally.Usd);
        Assert.Equal(tally.Usd, tally.SpentUsd);
        Assert.True(before.IsSubsetOf(ledger.Select(e => e.Key)));
    }

    [Fact]
    public async Task Labels_stop_below_the_limit_and_cost_nothing_twice_when_money_is_limited()
    {
        const decimal Limit = 0.05m;
        var (reason, stopped) = await (await Distillation.StartAsync(System, new { labels = 600, maxCostUsd = Limit })).FailedAsync();
        var ledger = await Distillation.LedgerAsync(System.Store);

        Assert.Contains("maxCostUsd $0.05 is reached", reason, StringComparison.Ordinal);
        Assert.InRange(stopped.Unpaid, 1, 599);
        Assert.InRange(stopped.SpentUsd, Limit / 2, Limit);
        Assert.Equal(stopped.SpentUsd, ledger.Sum(e => e.Usd!.Value));
        Assert.Equal(Bill(await Model.RequestsAsync()), stopped.SpentUsd);

        var tally = await (await Distillation.StartAsync(System, new { labels = 600, maxCostUsd = 100 })).LabelledAsync();
        Assert.Equal((0, 0), (tally.Unpaid, tally.Unanswered));
        Assert.Equal(tally.Calls - ledger.Count, tally.Bought);
        Assert.Equal(Bill(await Model.RequestsAsync()), tally.Usd);
    }

    // A plain refusal is text like any other; only structured output marks it.
    private static int PlainRefusals(IReadOnlyList<HsNas.Predictors.LanguageModels.LedgerEntry> ledger) =>
        ledger.Count(e => !e.Refused && e.Answer.StartsWith("I'm sorry", StringComparison.Ordinal));
}
