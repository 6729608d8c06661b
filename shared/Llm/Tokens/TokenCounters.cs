using HsNas.Predictors.Pricing;
using Microsoft.ML.Tokenizers;

namespace HsNas.Llm.Tokens;

/// <summary>Token counters by model: the model's own tokenizer where its encoding is known, else the estimator.</summary>
public static class TokenCounters
{
    private static readonly Dictionary<string, ITokenCounter> Exact = new(StringComparer.Ordinal)
    {
        [ModelEncodings.O200k] = new Encoding(ModelEncodings.O200k),
        [ModelEncodings.Cl100k] = new Encoding(ModelEncodings.Cl100k),
    };

    /// <summary>The counter of a model, by the name that its maker gave it.</summary>
    public static ITokenCounter For(string model) =>
        ModelEncodings.TryGet(model) is { } encoding ? Exact[encoding] : TokenEstimator.Instance;

    /// <summary>
    /// The counter of the configured model. A compatible endpoint may give any model any name, so what it counts is not known.
    /// </summary>
    public static ITokenCounter For(LlmOptions options) =>
        options.EffectiveKind is ApiKind.OpenAI or ApiKind.Azure ? For(options.KnownAs) : TokenEstimator.Instance;

    // A vocabulary takes tens of megabytes and most of a second: it is loaded by the first count, once in a process.
    private sealed class Encoding(string name) : ITokenCounter
    {
        private readonly Lazy<TiktokenTokenizer> _tokenizer = new(() => TiktokenTokenizer.CreateForEncoding(name));

        public string Name => name;

        public bool IsExact => true;

        public int Count(string text) => _tokenizer.Value.CountTokens(text);
    }
}
