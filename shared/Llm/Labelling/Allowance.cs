using HsNas.Llm.Tokens;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Pricing;
using HsNas.Predictors.Prompting;

namespace HsNas.Llm.Labelling;

/// <summary>
/// What one activity, or one command, may spend. Before a call its worst case is set aside, and the call is not made where that
/// would pass the limit; afterwards the real price takes its place. So the limit holds however many calls are in flight. Safe for
/// concurrent use.
/// </summary>
/// <param name="price">Of the model; null only without a limit.</param>
/// <param name="limit">US dollars; null for no limit.</param>
/// <param name="tokens">Counts prompt tokens, exactly or not.</param>
/// <param name="batch">Whether what is asked is priced as part of a batch.</param>
public sealed class Allowance(ModelPrice? price, decimal? limit, RequestTokens tokens, bool batch = false)
{
    // Before the first answer nothing is known of a foreign tokenizer; prompts full of numbers have more than two characters a token.
    private const double MostTokensPerCharacter = 0.5;
    private const double Margin = 1.05;

    private readonly Lock _lock = new();
    private decimal _spent;
    private decimal _setAside;
    private double _learned;

    /// <summary>Whether a call was not made for want of money.</summary>
    public bool Exhausted { get; private set; }

    /// <summary>What was spent, US dollars; calls of unknown price count as nothing.</summary>
    public decimal Spent
    {
        get
        {
            lock (_lock) return _spent;
        }
    }

    /// <summary>Counts what was spent before this activity ran, or ran again.</summary>
    public void Count(decimal dollars)
    {
        lock (_lock) _spent += dollars;
    }

    /// <summary>Sets a call's worst case aside; false where the limit does not allow it.</summary>
    public bool TryReserve(Prompt prompt, int tokenLimit, out decimal reserved)
    {
        reserved = 0;
        if (limit is not { } most || price is null) return true;
        var measure = Measure(prompt);
        lock (_lock)
        {
            reserved = price.Of(new TokenUsage((long)Math.Ceiling(measure * Rate()), 0, tokenLimit, 0), batch);
            Exhausted |= _spent + _setAside + reserved > most;
            if (Exhausted) return false;
            _setAside += reserved;
            return true;
        }
    }

    /// <summary>A call is over: what was set aside for it is free again, and what it cost is spent.</summary>
    public void Settle(decimal reserved, decimal cost, Prompt prompt, TokenUsage usage)
    {
        var seen = limit is null ? 0 : usage.Prompt / Measure(prompt);
        lock (_lock)
        {
            _setAside -= reserved;
            _spent += cost;
            _learned = Math.Max(_learned, seen);
        }
    }

    // Tokens where they can be counted, else characters.
    private double Measure(Prompt prompt) => tokens.IsExact ? tokens.Count(prompt) : prompt.Prefix.Length + prompt.Test.Length;

    // Tokens for each unit of the measure at most. A provider that was seen to count more than its tokenizer is believed.
    private double Rate() => tokens.IsExact
        ? (_learned > 1 ? _learned * Margin : 1)
        : (_learned > 0 ? Math.Min(MostTokensPerCharacter, _learned * Margin) : MostTokensPerCharacter);
}
