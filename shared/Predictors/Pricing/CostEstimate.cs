using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Predictors.Pricing;

/// <summary>What labels will take, before anything is spent. Answers that must be asked again are not in it.</summary>
/// <param name="Labels">Architectures.</param>
/// <param name="Calls">Calls for them.</param>
/// <param name="Prompt">Prompt tokens of a call.</param>
/// <param name="Prefix">Of these, tokens that all calls begin with.</param>
/// <param name="Completion">Answer tokens of a call, reasoning included.</param>
/// <param name="Counted">How prompt tokens were counted: an encoding, "estimate", or "ledger" for a provider's own counts.</param>
/// <param name="Exact">Whether the count of prompt tokens is no estimate.</param>
public sealed record CostEstimate(int Labels, int Calls, long Prompt, long Prefix, long Completion, string Counted, bool Exact)
{
    /// <summary><see cref="Counted"/> of counts out of a ledger.</summary>
    public const string Ledger = "ledger";

    // What caches of providers have in common: nothing below 1,024 tokens, steps of 128.
    private const int LeastCached = 1024;
    private const int CacheStep = 128;
    private const int TokensOfANumber = 5;
    private const int TokensOfALine = 8;

    /// <summary>What the prompts themselves come to.</summary>
    /// <param name="prompts">Renders them.</param>
    /// <param name="sample">Architectures whose mean stands for all; at least <paramref name="perCall"/>.</param>
    /// <param name="labels">Architectures to label.</param>
    /// <param name="perCall">Architectures a call asks about.</param>
    /// <param name="counter">Counts tokens.</param>
    /// <param name="reasoning">Hidden tokens that an answer is expected to take; 0 for classic models.</param>
    public static CostEstimate Of(
        PromptBuilder prompts, IReadOnlyList<Architecture> sample, int labels, int perCall, ITokenCounter counter, int reasoning)
    {
        var prefix = counter.Count(prompts.Prefix);
        var tests = sample.Chunk(perCall).Where(c => c.Length == perCall).Average(c => counter.Count(prompts.Build(c).Test));
        var answer = perCall == 1 ? TokensOfANumber : TokensOfALine * perCall;
        var prompt = prefix + (long)Math.Ceiling(tests) + ChatFrame.Tokens;
        var calls = (labels + perCall - 1) / perCall;
        return new CostEstimate(labels, calls, prompt, prefix, answer + reasoning, counter.Name, counter.IsExact);
    }

    /// <summary>The same with the mean counts of a ledger's answers about as many architectures; null where it holds none.</summary>
    public CostEstimate? With(IEnumerable<LedgerEntry> ledger, int perCall)
    {
        var alike = ledger.Where(e => e.Values.Count == perCall && e.Usage.Prompt > 0).ToList();
        return alike.Count == 0 ? null : this with
        {
            Prompt = (long)Math.Ceiling(alike.Average(e => e.Usage.Prompt)),
            Prefix = (long)Math.Floor(alike.Average(e => e.Usage.Prompt) * Prefix / Prompt),
            Completion = (long)Math.Ceiling(alike.Average(e => e.Usage.Completion)),
            Counted = Ledger,
            Exact = true,
        };
    }

    /// <summary>Tokens of all calls.</summary>
    /// <param name="cached">Whether the provider's prompt cache serves every call but the first.</param>
    public TokenUsage Usage(bool cached)
    {
        var hit = Prefix >= LeastCached && cached ? Prefix / CacheStep * CacheStep : 0;
        return new TokenUsage(Prompt * Calls, hit * Math.Max(0, Calls - 1), Completion * Calls, 0);
    }
}
