using System.ClientModel;
using System.Globalization;
using System.Text.Json;
using HsNas.Evaluation.InContext;
using OpenAI;
using OpenAI.Chat;

namespace HsNas.InContextModel.Tests;

public sealed class AnswerTests(RunningModel model) : IClassFixture<RunningModel>
{
    private const string ModelName = StandInModels.Regression;

    [Fact]
    public async Task Answers_are_the_regression_on_the_prompts_own_demonstrations()
    {
        var answers = new List<double>();
        foreach (var seed in new long[] { 1, 2 })
        {
            var builder = Prompts.Builder(seed);
            foreach (var architecture in Prompts.Architectures(5, seed: 99))
            {
                var prompt = builder.Build(architecture);
                var (status, body) = await model.PostAsync(JsonSerializer.Serialize(
                    new { model = ModelName, messages = new[] { new { role = "user", content = prompt.Text } } }));
                Assert.Equal(200, status);
                var content = body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
                Assert.Equal(Prompts.Expected(prompt).ToString("F2", CultureInfo.InvariantCulture), content);
                answers.Add(double.Parse(content!, CultureInfo.InvariantCulture));
            }
        }

        // Other demonstrations, other answers: nothing is remembered between prompts.
        Assert.True(answers.Distinct().Count() > 5);
    }

    [Fact]
    public async Task The_OpenAI_SDK_can_ask()
    {
        var client =
            new ChatClient(ModelName, new ApiKeyCredential("any"), new OpenAIClientOptions { Endpoint = new Uri(model.Address, "/v1") });
        var prompt = Prompts.Builder(3).Build(Prompts.Architectures(1, 5)[0]);

        ChatCompletion completion =
            await client.CompleteChatAsync([new UserChatMessage(prompt.Text)], new ChatCompletionOptions { MaxOutputTokenCount = 25 });

        Assert.Equal(Prompts.Expected(prompt), double.Parse(completion.Content[0].Text, CultureInfo.InvariantCulture), 0.005);
        Assert.Equal(ChatFinishReason.Stop, completion.FinishReason);
        Assert.Equal(ModelName, completion.Model);
        Assert.True(completion.Usage.InputTokenCount > 100);
        Assert.Equal(completion.Usage.InputTokenCount + completion.Usage.OutputTokenCount, completion.Usage.TotalTokenCount);
    }

    [Fact]
    public async Task Content_given_in_parts_reads_like_one_text()
    {
        var prompt = Prompts.Builder(4).Build(Prompts.Architectures(1, 6)[0]);
        var parts = new[] { new { type = "text", text = prompt.Prefix }, new { type = "text", text = prompt.Test } };

        var (status, body) = await model.PostAsync(
            JsonSerializer.Serialize(new { model = ModelName, messages = new[] { new { role = "user", content = parts } } }));

        Assert.Equal(200, status);
        Assert.Equal(Prompts.Expected(prompt).ToString("F2", CultureInfo.InvariantCulture),
            body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_models_list_holds_the_regressions_by_name()
    {
        using var document = JsonDocument.Parse(await model.Http.GetStringAsync(new Uri("/v1/models", UriKind.Relative)));

        Assert.Equal("list", document.RootElement.GetProperty("object").GetString());
        var entries = document.RootElement.GetProperty("data").EnumerateArray().ToList();
        Assert.Equal(StandInModels.Names, entries.Select(e => e.GetProperty("id").GetString()));
        Assert.All(entries, e => Assert.Equal("model", e.GetProperty("object").GetString()));
    }

    [Fact]
    public async Task Each_model_answers_with_its_own_regression()
    {
        var prompt = Prompts.Builder(8).Build(Prompts.Architectures(12, 80)[11]);
        foreach (var name in StandInModels.Names)
        {
            var (_, body) = await model.PostAsync(
                JsonSerializer.Serialize(new { model = name, messages = new[] { new { role = "user", content = prompt.Text } } }));
            Assert.Equal(name, body.GetProperty("model").GetString());
            Assert.Equal(Prompts.Expected(prompt, name).ToString("F2", CultureInfo.InvariantCulture),
                body.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        }

        Assert.NotEqual(Prompts.Expected(prompt, StandInModels.Regression), Prompts.Expected(prompt, StandInModels.Ridge), 0.005);
    }
}
