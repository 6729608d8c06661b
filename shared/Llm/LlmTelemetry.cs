using System.Diagnostics.Metrics;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Llm;

/// <summary>What is counted of answers.</summary>
public static class LlmTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "HsNas.Llm";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> LedgerHits =
        Meter.CreateCounter<long>("hsnas.ledger.hits", "{answer}", "Answers of the language model that had been bought before.");
    private static readonly Counter<long> Tokens = Meter.CreateCounter<long>("hsnas.llm.tokens", "{token}", "Tokens bought.");
    private static readonly Counter<double> Money =
        Meter.CreateCounter<double>("hsnas.llm.cost", "USD", "Money spent on the language model.");

    /// <summary>An answer came out of the ledger.</summary>
    internal static void LedgerHit() => LedgerHits.Add(1);

    /// <summary>An answer was bought; <paramref name="usd"/> is null where no price is known.</summary>
    internal static void Bought(string model, TokenUsage usage, decimal? usd)
    {
        var tag = new KeyValuePair<string, object?>("model", model);
        Tokens.Add(usage.Prompt, tag, new("direction", "prompt"));
        Tokens.Add(usage.Completion, tag, new("direction", "completion"));
        if (usd is { } money) Money.Add((double)money, tag);
    }
}
