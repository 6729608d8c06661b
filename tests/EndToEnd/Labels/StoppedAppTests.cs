using HsNas.Trials;

namespace HsNas.EndToEnd.Tests.Labels;

/// <summary>A function app that is stopped while every answer takes half a second.</summary>
public sealed class StoppedAppTests() : LabelSystem(
    "stopped",
    new Dictionary<string, string> { ["Llm__BatchSize"] = "20", ["Llm__Concurrency"] = "16" },
    [MicroTask.Plain],
    ("Faults__RateLimit", "0"),
    ("Faults__ServerError", "0"),
    ("Faults__Truncated", "0"),
    ("Faults__Refusal", "0"),
    ("Faults__Garbage", "0"),
    ("Faults__Slow", "1"),
    ("Faults__SlowBy", "00:00:00.500"))
{
    private const int Labels = 200;

    [Fact]
    public async Task Labels_are_all_kept_when_the_app_is_stopped()
    {
        var distillation = await Distillation.StartAsync(System, new { labels = Labels });
        await distillation.UntilAsync(40);
        await System.StopFunctionsAsync();
        var before = await Distillation.LedgerAsync(System.Store);

        Assert.InRange(before.Count, 40, Labels - 1);
        Assert.Equal((await Model.RequestsAsync()).Count, before.Count);

        await System.StartFunctionsAsync();
        var tally = await distillation.LabelledAsync();
        var requests = await Model.RequestsAsync();
        Assert.Equal(Labels, requests.Count);
        AssertBoughtOnce(requests, Labels);
        Assert.Equal((Bill(requests), Bill(requests)), (tally.Usd, tally.SpentUsd));
    }
}
