using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Llm.Tokens;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Pricing;
using HsNas.Predictors.Prompting;

namespace HsNas.Functions.Tests.Llm;

public sealed class TokenCountersTests : IDisposable
{
    private readonly LabellerUnderTest _labeller = new();

    public void Dispose() => _labeller.Dispose();

    // The table of OpenAI's cookbook, "How to count tokens with tiktoken".
    [Theory]
    [InlineData("", 0, 0)]
    [InlineData("hello world", 2, 2)]
    [InlineData("tiktoken is great!", 6, 6)]
    [InlineData("antidisestablishmentarianism", 6, 6)]
    [InlineData("2 + 2 = 4", 7, 7)]
    [InlineData("お誕生日おめでとう", 9, 8)]
    public void Counts_are_those_that_tiktoken_publishes(string text, int cl100k, int o200k) =>
        Assert.Equal((cl100k, o200k), (TokenCounters.For("gpt-4").Count(text), TokenCounters.For("gpt-4o").Count(text)));

    [Theory]
    [InlineData("gpt-5", "o200k_base")]
    [InlineData("gpt-5-mini", "o200k_base")]
    [InlineData("gpt-4.1-nano", "o200k_base")]
    [InlineData("gpt-4o-mini-2024-07-18", "o200k_base")]
    [InlineData("ft:gpt-4o-mini-2024-07-18:us::abc", "o200k_base")]
    [InlineData("o3", "o200k_base")]
    [InlineData("o4-mini", "o200k_base")]
    [InlineData("gpt-4", "cl100k_base")]
    [InlineData("gpt-4-turbo", "cl100k_base")]
    [InlineData("gpt-3.5-turbo", "cl100k_base")]
    [InlineData("gpt-35-turbo", "cl100k_base")]
    [InlineData("gpt-5.9", "estimate")]
    [InlineData("gpt-40", "estimate")]
    [InlineData("llama3.1:8b", "estimate")]
    [InlineData("in-context-regression", "estimate")]
    [InlineData("", "estimate")]
    public void A_models_name_tells_its_encoding_and_unknown_ones_are_estimated(string model, string expected)
    {
        var counter = TokenCounters.For(model);

        Assert.Equal((expected, expected != "estimate"), (counter.Name, counter.IsExact));
        Assert.Same(counter, TokenCounters.For(model));
    }

    [Theory]
    [InlineData(ApiKind.OpenAI, "gpt-4o", "", "o200k_base")]
    [InlineData(ApiKind.Azure, "my-deployment", "gpt-4", "cl100k_base")]
    [InlineData(ApiKind.Azure, "my-deployment", "", "estimate")]
    [InlineData(ApiKind.Compatible, "gpt-4o", "", "estimate")]
    public void The_model_behind_a_deployment_counts_and_a_compatible_endpoints_names_prove_nothing(
        ApiKind kind, string model, string pricedAs, string expected) =>
        Assert.Equal(expected,
            TokenCounters.For(new LlmOptions { Kind = kind, Endpoint = "https://host.example", Model = model, PricedAs = pricedAs }).Name);

    [Fact]
    public void A_request_has_the_tokens_of_its_whole_text_and_of_the_frame()
    {
        var tokens = new RequestTokens(Exact);
        foreach (var group in new[] { 1, 1, 3 })
        {
            var prompt = _labeller.Prompts.Build([.. _labeller.Architectures.Take(group)]);
            Assert.Equal(TokenCounters.For("gpt-4o").Count(prompt.Text) + ChatFrame.Tokens, tokens.Count(prompt));
        }

        Assert.InRange(new RequestTokens(Exact with { Answers = AnswerForm.Schema })
            .Count(new Prompt("a", "b")), ChatFrame.Tokens + 20, 300);
    }

    [Fact]
    public void Of_a_model_with_known_tokens_exactly_the_worst_case_is_set_aside()
    {
        var prompt = _labeller.Prompts.Build(_labeller.Architectures[0]);
        var worst = Price.Of(new TokenUsage(TokenCounters.For("gpt-4o").Count(prompt.Text) + ChatFrame.Tokens, 0, 25, 0));

        Assert.True(Allow(worst).TryReserve(prompt, 25, out var reserved));
        Assert.Equal(worst, reserved);
        Assert.False(Allow(worst - 0.0000001m).TryReserve(prompt, 25, out _));
        // By characters, most of such a limit would be out of reach.
        Assert.False(new LlmPrices(Exact with { Kind = ApiKind.Compatible, Endpoint = "http://host.example" }).Allow(worst)
            .TryReserve(prompt, 25, out _));
    }

    [Fact]
    public void A_provider_that_counts_more_than_its_tokenizer_is_believed()
    {
        var prompt = _labeller.Prompts.Build(_labeller.Architectures[0]);
        var (allowance, counted) = (Allow(1000), new RequestTokens(Exact).Count(prompt));

        Assert.True(allowance.TryReserve(prompt, 25, out var before));
        allowance.Settle(before, 0.01m, prompt, new TokenUsage(counted * 2, 0, 3, 0));

        Assert.True(allowance.TryReserve(prompt, 25, out var after));
        Assert.Equal(Price.Of(new TokenUsage((long)Math.Ceiling(counted * 2 * 1.05), 0, 25, 0)), after);
    }

    private static LlmOptions Exact => LabellerUnderTest.Options with { Kind = ApiKind.OpenAI, Model = "gpt-4o-mini" };

    private static ModelPrice Price => new LlmPrices(Exact).Price!;

    private static Allowance Allow(decimal limit) => new LlmPrices(Exact).Allow(limit);
}
