using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using HsNas.Functions.Tests.Support;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Functions.Tests.Observability;

public sealed class MetricsTests
{
    [Fact]
    public async Task Bought_answers_count_their_tokens_once_and_known_ones_count_as_found()
    {
        // Meters are the process's, and other tests run beside this one: the model's name tells its counts apart.
        var model = $"model-{Guid.NewGuid():N}";
        var counted = new ConcurrentBag<(string Name, long Value, string? Direction)>();
        using var listener =
            new MeterListener { InstrumentPublished = (i, l) => { if (i.Meter.Name == LlmTelemetry.Name) l.EnableMeasurementEvents(i); } };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            var all = tags.ToArray().ToDictionary(t => t.Key, t => t.Value);
            if (all.GetValueOrDefault("model") is string m && m == model) counted.Add((instrument.Name, value,
                (string?)all.GetValueOrDefault("direction")));
        });
        var spent = 0.0;
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            if (instrument.Name == "hsnas.llm.cost" && tags.ToArray().Any(t => t.Value is string m && m == model)) spent += value;
        });
        listener.Start();
        using var temporary = new TemporaryStore();
        var ledger = new LabelLedger(temporary.Store);
        var entry = new LedgerEntry
        {
            PromptHash = "p", Model = model, ModelVersion = "1", Sample = 0, Answer = "27.1", Values = [], Usage = new TokenUsage(
                100, 0, 3,
                0), Usd = 0.25m, At = DateTimeOffset.UnixEpoch,
        };

        for (var i = 0; i < 2; i++) await ledger.GetOrBuyAsync(
            entry.Key, () => Task.FromResult<LedgerEntry?>(entry), CancellationToken.None);

        Assert.Equal([("hsnas.llm.tokens", 3L, "completion"), ("hsnas.llm.tokens", 100L, "prompt")], counted.OrderBy(c => c.Value));
        Assert.Equal(0.25, spent);
    }
}
