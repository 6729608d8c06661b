using HsNas.Llm.Tokens;
using HsNas.Predictors.Pricing;

namespace HsNas.Llm.Labelling;

/// <summary>The price of the model in force: the user's own, else the list's; null where neither knows it.</summary>
public sealed class LlmPrices(LlmOptions options)
{
    /// <summary>The price, or null.</summary>
    public ModelPrice? Price { get; } = options.Price is { } own
        ? new ModelPrice
        {
            Model = options.Model,
            InputPerMillion = own.InputPerMillion,
            CachedInputPerMillion = own.CachedInputPerMillion,
            OutputPerMillion = own.OutputPerMillion,
            BatchFactor = own.BatchFactor,
        }
        : PriceTable.BuiltIn.TryGet(options.KnownAs);

    /// <summary>Counts prompt tokens of the model in force.</summary>
    public RequestTokens Tokens { get; } = new(options);

    /// <summary>A new account for calls of the model in force.</summary>
    /// <param name="limit">US dollars; null for no limit.</param>
    /// <param name="batch">Whether what is asked is priced as part of a batch.</param>
    public Allowance Allow(decimal? limit, bool batch = false) => new(Price, limit, Tokens, batch);

    /// <summary>Why a limit on money cannot be kept; null where it can.</summary>
    public string? Unknown => Price is not null ? null
        : $"needs the price of {options.Model}, which is in no price list; set Llm__PricedAs to a listed model, or "
            + "Llm__Price__InputPerMillion and Llm__Price__OutputPerMillion.";
}
