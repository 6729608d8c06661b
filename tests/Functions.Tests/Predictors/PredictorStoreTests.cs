using System.Text;
using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Functions.Predictors;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Predictors;

namespace HsNas.Functions.Tests.Predictors;

public sealed class PredictorStoreTests : IDisposable
{
    private const string Task = "tiny-en-de";
    private static readonly LabelStatistics Labels = new("m", 1, 1, 1, 1, 1);

    private readonly TemporaryStore _blobs = new();
    private readonly PredictorStore _store;

    public PredictorStoreTests() => _store = new PredictorStore(_blobs.Store);

    public void Dispose() => _blobs.Dispose();

    [Fact]
    public async Task Task_has_no_champion_when_nothing_was_promoted()
    {
        await _store.KeepAsync(Task, Record("a"), default);

        Assert.Null(await _store.TryGetChampionAsync(Task, default));
        Assert.Equal("a", (await _store.TryGetAsync(Task, "a", default))!.Fingerprint);
    }

    [Fact]
    public async Task Champion_is_the_one_that_was_promoted_last()
    {
        foreach (var name in new[] { "a", "b" }) await _store.PromoteAsync(Task, Record(name), default);

        Assert.Equal("b", (await _store.TryGetChampionAsync(Task, default))!.Fingerprint);
        Assert.Null(await _store.TryGetChampionAsync("another-task", default));
    }

    [Fact]
    public async Task Record_of_an_unknown_fingerprint_is_not_found()
    {
        Assert.Null(await _store.TryGetAsync(Task, "a", default));
        await Assert.ThrowsAsync<ArtifactNotFoundException>(() => _store.GetAsync(Task, "a", default));
    }

    [Fact]
    public async Task Decision_stands_when_the_activity_decides_again()
    {
        var first = await _store.DecideAsync(Decision("20260101", PromotionOutcome.Kept), default);
        var second = await _store.DecideAsync(Decision("20260101", PromotionOutcome.Promoted), default);

        Assert.Equal((PromotionOutcome.Kept, PromotionOutcome.Kept), (first.Outcome, second.Outcome));
        Assert.Equal(PromotionOutcome.Kept, (await _store.TryGetDecisionAsync(Task, "20260101", default))!.Outcome);
        Assert.Null(await _store.TryGetDecisionAsync(Task, "20260102", default));
    }

    [Fact]
    public async Task Decisions_are_listed_newest_first_and_no_more_than_asked_for()
    {
        foreach (var day in new[] { "20260102", "20260101", "20260103" })
            await _store.DecideAsync(Decision(day, PromotionOutcome.Kept), default);

        Assert.Equal(["20260103", "20260102"], (await _store.DecisionsAsync(Task, 2, default)).Select(d => d.Id));
        Assert.Empty(await _store.DecisionsAsync("another-task", 2, default));
    }

    [Theory]
    [InlineData(PromotionOutcome.Promoted, "promoted")]
    [InlineData(PromotionOutcome.Kept, "kept")]
    [InlineData(PromotionOutcome.Selected, "selected")]
    public async Task Outcome_is_written_as_a_word(PromotionOutcome outcome, string word)
    {
        await _store.DecideAsync(Decision("20260101", outcome), default);

        var blob = await _blobs.Store.ReadAsync(BlobLayout.Decision(Task, "20260101"));
        Assert.Contains($"\"outcome\":\"{word}\"", Encoding.UTF8.GetString(blob), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Selection_makes_a_kept_predictor_the_champion_and_says_so()
    {
        var now = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        await _store.PromoteAsync(Task, Record("a"), default);
        await _store.KeepAsync(Task, Record("b"), default);
        var selection = new PredictorSelection(_store, new FunctionsRuntime.Tests.ManualTime(now));

        Assert.Null(await selection.SelectAsync(Task, "c", default));
        var decision = await selection.SelectAsync(Task, "b", default);

        Assert.Equal((PromotionOutcome.Selected, "a", now), (decision!.Outcome, decision.Champion, decision.At));
        var champion = await _store.TryGetChampionAsync(Task, default);
        Assert.Equal(("b", "selected by hand", now), (champion!.Fingerprint, champion.Reason, champion.At));
    }

    private static DistilledPredictorRecord Record(string fingerprint) => new(
        fingerprint, "predictors/x/model.json", new DemonstratedRange(1, 2, 1, 3, 20, 30), Labels,
            new PredictorQuality(1, null, 1, null, []),
        "", DateTimeOffset.UnixEpoch);

    private static PromotionDecision Decision(string id, PromotionOutcome outcome) =>
        new(id, Task, "a", outcome, "because", [], new GoldScore(1, null), null, null, 1, Labels, DateTimeOffset.UnixEpoch);
}
