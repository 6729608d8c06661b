namespace HsNas.Predictors.Pricing;

/// <summary>Counts a text's tokens as a model does. Safe for concurrent use.</summary>
public interface ITokenCounter
{
    /// <summary>How it counts: name of the model's encoding, "o200k_base" for example, or "estimate".</summary>
    string Name { get; }

    /// <summary>Whether it is the model's own tokenizer and no estimate.</summary>
    bool IsExact { get; }

    /// <summary>Tokens of a text; 0 for an empty one.</summary>
    int Count(string text);
}
