namespace HsNas.Predictors.Pricing;

/// <summary>What a chat request has around its text.</summary>
public static class ChatFrame
{
    /// <summary>
    /// Prompt tokens of a request with one user message beside those of its text, as OpenAI's cookbook counts them: three for the
    /// message, one for its role, three that begin the answer. Reasoning models may differ by a token or two.
    /// </summary>
    public const int Tokens = 7;
}
