using HsNas.Contracts.Requests;
using HsNas.Predictors.LanguageModels;

namespace HsNas.Llm.Labelling;

/// <summary>What labels took, counted over the ledger's entries that they rest on. Only <see cref="Bought"/> differs in a replay.</summary>
public sealed record LabelTally
{
    /// <summary>Answers in the ledger, those bought earlier included.</summary>
    public int Calls { get; init; }

    /// <summary>Of these, answers bought by this run of the activity.</summary>
    public int Bought { get; init; }

    /// <summary>Tokens of all answers.</summary>
    public TokenUsage Usage { get; init; }

    /// <summary>Price of all answers as it was when they were bought, US dollars.</summary>
    public decimal Usd { get; init; }

    /// <summary>Answers whose price is not known.</summary>
    public int Unpriced { get; init; }

    /// <summary>Of <see cref="Usd"/>, what was bought since the distillation began, by whichever attempt.</summary>
    public decimal SpentUsd { get; init; }

    /// <summary>Answers that refused.</summary>
    public int Refused { get; init; }

    /// <summary>Answers cut off before all of it was there.</summary>
    public int Truncated { get; init; }

    /// <summary>Answers of which something could not be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Attempts that the server refused with 429; they cost nothing and are in no ledger.</summary>
    public int Throttled { get; init; }

    /// <summary>Attempts that failed otherwise; they are in no ledger.</summary>
    public int Failed { get; init; }

    /// <summary>Architectures that no sample gave a usable answer for.</summary>
    public int Unanswered { get; init; }

    /// <summary>Architectures not asked about because the limit on money was reached.</summary>
    public int Unpaid { get; init; }

    /// <summary>Why one of <see cref="Unanswered"/> has no answer; null where none is.</summary>
    public string? Trouble { get; init; }

    /// <summary>Milliseconds of all calls that answered.</summary>
    public double Milliseconds { get; init; }

    /// <summary>With one more answer.</summary>
    public LabelTally With(LedgerEntry entry, bool bought, DateTimeOffset since)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return this + new LabelTally
        {
            Calls = 1,
            Bought = bought ? 1 : 0,
            Usage = entry.Usage,
            Usd = entry.Usd ?? 0,
            Unpriced = entry.Usd is null ? 1 : 0,
            SpentUsd = entry.At >= since ? entry.Usd ?? 0 : 0,
            Refused = entry.Outcome == AnswerOutcome.Refused ? 1 : 0,
            Truncated = entry.Outcome == AnswerOutcome.Truncated ? 1 : 0,
            Unreadable = entry.Outcome == AnswerOutcome.Unreadable ? 1 : 0,
            Milliseconds = entry.Milliseconds,
        };
    }

    /// <summary>The same as results and reports hold it.</summary>
    /// <param name="model">Model asked.</param>
    /// <param name="labels">Architectures labelled.</param>
    public LabelStatistics ToStatistics(string model, int labels) => new(model, labels, Calls, Bought, Usage.Prompt, Usage.Completion)
    {
        CachedTokens = Usage.Cached,
        ReasoningTokens = Usage.Reasoning,
        CostUsd = Unpriced > 0 ? null : Usd,
        SpentUsd = Unpriced > 0 ? null : SpentUsd,
        Refused = Refused,
        Truncated = Truncated,
        Unreadable = Unreadable,
        Unanswered = Unanswered,
        Throttled = Throttled,
        Failed = Failed,
    };

    /// <summary>The sum of two.</summary>
    public static LabelTally operator +(LabelTally a, LabelTally b) => new()
    {
        Calls = a.Calls + b.Calls,
        Bought = a.Bought + b.Bought,
        Usage = a.Usage + b.Usage,
        Usd = a.Usd + b.Usd,
        Unpriced = a.Unpriced + b.Unpriced,
        SpentUsd = a.SpentUsd + b.SpentUsd,
        Refused = a.Refused + b.Refused,
        Truncated = a.Truncated + b.Truncated,
        Unreadable = a.Unreadable + b.Unreadable,
        Throttled = a.Throttled + b.Throttled,
        Failed = a.Failed + b.Failed,
        Unanswered = a.Unanswered + b.Unanswered,
        Unpaid = a.Unpaid + b.Unpaid,
        Trouble = b.Trouble ?? a.Trouble,
        Milliseconds = a.Milliseconds + b.Milliseconds,
    };
}
