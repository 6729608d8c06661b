using System.Text.Json.Serialization;
using HsNas.Kernel;
using HsNas.Predictors.Prompting;

namespace HsNas.Predictors.LanguageModels;

/// <summary>One bought answer, as stored before it is used. Its key is a function of its first five fields.</summary>
public sealed record LedgerEntry
{
    /// <summary>Hash of the whole prompt: <see cref="HashOf"/>.</summary>
    public required string PromptHash { get; init; }

    /// <summary>Model or deployment asked.</summary>
    public required string Model { get; init; }

    /// <summary>Its version, as settings name it.</summary>
    public required string ModelVersion { get; init; }

    /// <summary>Sample index; above 0 only where earlier samples of the same prompt were of no use.</summary>
    public required int Sample { get; init; }

    /// <summary>Settings that change answers (form, temperature, effort, epoch); empty for the paper's.</summary>
    public string Settings { get; init; } = "";

    /// <summary>Raw text of the answer; what a refusal says, for a refusal.</summary>
    public required string Answer { get; init; }

    /// <summary>How the answer ended, as the provider names it: "stop", "length", "content_filter" ...</summary>
    public string? FinishReason { get; init; }

    /// <summary>Whether the provider marked the answer as a refusal.</summary>
    public bool Refused { get; init; }

    /// <summary>What was read of it, one for each architecture of the prompt.</summary>
    public required IReadOnlyList<ParsedAnswer> Values { get; init; }

    /// <summary>Tokens, as the provider counted them.</summary>
    public required TokenUsage Usage { get; init; }

    /// <summary>US dollars by the prices in force when it was bought; null where none were known.</summary>
    public decimal? Usd { get; init; }

    /// <summary>Duration of the call that answered.</summary>
    public double Milliseconds { get; init; }

    /// <summary>When it was bought.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What became of the question.</summary>
    [JsonIgnore]
    public AnswerOutcome Outcome =>
        Refused || FinishReason == "content_filter" ? AnswerOutcome.Refused
        : Values.All(v => v.Value is not null) ? AnswerOutcome.Answered
        : FinishReason == "length" ? AnswerOutcome.Truncated
        : AnswerOutcome.Unreadable;

    /// <summary>The key under which it is stored.</summary>
    [JsonIgnore]
    public string Key => KeyOf(PromptHash, Model, ModelVersion, Sample, Settings);

    /// <summary>Hash of a prompt.</summary>
    public static string HashOf(Prompt prompt) => Hashing.Fingerprint(prompt.Text);

    /// <summary>The key of a question. Where the model is served from is no part of it: the same model answers the same.</summary>
    public static string KeyOf(string promptHash, string model, string modelVersion, int sample, string settings) =>
        Hashing.Fingerprint("ledger", promptHash, model, modelVersion, $"{sample}", settings);
}

/// <summary>What became of a question; only the first kind is a label for every architecture asked about.</summary>
public enum AnswerOutcome
{
    /// <summary>Every architecture got a value.</summary>
    Answered,

    /// <summary>The model, or a filter before it, refused.</summary>
    Refused,

    /// <summary>Cut off at the token limit before all values were there.</summary>
    Truncated,

    /// <summary>At least one value could not be read.</summary>
    Unreadable,
}
