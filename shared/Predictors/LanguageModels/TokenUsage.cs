namespace HsNas.Predictors.LanguageModels;

/// <summary>Tokens of one answer, or of many, as a provider counts them.</summary>
/// <param name="Prompt">All tokens of prompts, cached ones included.</param>
/// <param name="Cached">Of these, tokens read from the provider's prompt cache.</param>
/// <param name="Completion">All tokens of answers, reasoning included.</param>
/// <param name="Reasoning">Of these, tokens of hidden reasoning.</param>
public readonly record struct TokenUsage(long Prompt, long Cached, long Completion, long Reasoning)
{
    /// <summary>The sum of two.</summary>
    public static TokenUsage operator +(TokenUsage a, TokenUsage b) =>
        new(a.Prompt + b.Prompt, a.Cached + b.Cached, a.Completion + b.Completion, a.Reasoning + b.Reasoning);
}
