using HsNas.Predictors.Pricing;
using HsNas.Predictors.Prompting;

namespace HsNas.Llm.Tokens;

/// <summary>
/// Prompt tokens of a request as the configured model counts them. Safe for concurrent use. Prompts of one distillation begin with the
/// same text, which is counted once.
/// </summary>
public sealed class RequestTokens(LlmOptions options)
{
    private readonly ITokenCounter _counter = TokenCounters.For(options);
    private readonly Lazy<int> _frame = new(() => ChatFrame.Tokens + Schema(options));
    private Counted? _prefix;

    /// <summary>Whether counts are the model's own.</summary>
    public bool IsExact => _counter.IsExact;

    /// <summary>The tokens of a request with this prompt, all around it included; of a schema, as many as its JSON has.</summary>
    public int Count(Prompt prompt) => Prefix(prompt.Prefix) + _counter.Count(prompt.Test) + _frame.Value;

    private int Prefix(string text)
    {
        if (_prefix is { } known && ReferenceEquals(known.Text, text)) return known.Tokens;
        var counted = new Counted(text, _counter.Count(text));
        _prefix = counted;
        return counted.Tokens;
    }

    // Providers do not say how they show a schema to the model. Its JSON is longer than what they are seen to count.
    private static int Schema(LlmOptions options) =>
        options.Answers == AnswerForm.Schema ? TokenCounters.For(options).Count(AnswerSchema.Create().ToJsonString()) : 0;

    private sealed record Counted(string Text, int Tokens);
}
