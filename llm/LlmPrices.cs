using HsNas.Shared.Pricing;

namespace HsNas.Llm;

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
        : PriceTable.BuiltIn.TryGet(options.PricedAs.Length > 0 ? options.PricedAs : options.Model);

    /// <summary>Why a limit on money cannot be kept; null where it can.</summary>
    public string? Unknown => Price is not null ? null
        : $"needs the price of {options.Model}, which is in no price list; set Llm__PricedAs to a listed model, or Llm__Price__InputPerMillion and Llm__Price__OutputPerMillion.";
}
