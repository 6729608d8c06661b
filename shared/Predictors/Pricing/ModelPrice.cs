using HsNas.Predictors.LanguageModels;

namespace HsNas.Predictors.Pricing;

/// <summary>What a model costs, US dollars for a million tokens.</summary>
public sealed record ModelPrice
{
    private const decimal Million = 1_000_000;

    /// <summary>Model name as the provider spells it.</summary>
    public required string Model { get; init; }

    /// <summary>Prompt tokens.</summary>
    public required decimal InputPerMillion { get; init; }

    /// <summary>Prompt tokens read from the provider's cache; as <see cref="InputPerMillion"/> where null.</summary>
    public decimal? CachedInputPerMillion { get; init; }

    /// <summary>Answer tokens, reasoning included.</summary>
    public required decimal OutputPerMillion { get; init; }

    /// <summary>What share of the price batches cost; null where the model takes no batches, or where it is not known.</summary>
    public decimal? BatchFactor { get; init; }

    /// <summary>The price of <paramref name="usage"/> in US dollars.</summary>
    /// <param name="usage">Tokens.</param>
    /// <param name="batch">Whether they were used in a batch; a model without a batch price costs the same in one.</param>
    public decimal Of(TokenUsage usage, bool batch = false)
    {
        var dollars = (((usage.Prompt - usage.Cached) * InputPerMillion)
            + (usage.Cached * (CachedInputPerMillion ?? InputPerMillion))
            + (usage.Completion * OutputPerMillion)) / Million;
        return batch ? dollars * (BatchFactor ?? 1) : dollars;
    }
}
