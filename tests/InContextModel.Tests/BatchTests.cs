using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace HsNas.InContextModel.Tests;

public sealed class BatchTests
{
    private const string Good =
        """{"custom_id":"a","method":"POST","url":"/v1/chat/completions","body":{"model":"in-context-regression","messages":[]}}""";

    [Theory]
    [InlineData("", "empty_file")]
    [InlineData("{", "invalid_json_line")]
    [InlineData("null", "invalid_json_line")]
    [InlineData(Good + "\n" + Good, "duplicate_custom_id")]
    [InlineData("""{"custom_id":"a","method":"GET","url":"/v1/chat/completions","body":{}}""", "invalid_request")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/embeddings","body":{}}""", "invalid_request")]
    [InlineData("""{"custom_id":"a","method":"POST","url":"/v1/chat/completions"}""", "invalid_request")]
    public async Task A_file_at_fault_fails_as_a_whole_and_the_fault_is_named(string file, string code)
    {
        await using var model = await FaultyModel.StartAsync();
        var batch = await EndAsync(model, await CreateAsync(model, await UploadAsync(model, file)));

        Assert.Equal("failed", batch.GetProperty("status").GetString());
        Assert.Equal(code, batch.GetProperty("errors").GetProperty("data")[0].GetProperty("code").GetString());
        Assert.Equal(JsonValueKind.Null, batch.GetProperty("output_file_id").ValueKind);
    }

    [Fact]
    public async Task Answers_and_errors_lie_in_files_of_their_own_under_the_questions_ids()
    {
        await using var model = await FaultyModel.StartAsync();
        var prompt = Prompts.Builder(1).Build(Prompts.Architectures(1, 7)[0]);
        var good = JsonSerializer.Serialize(new { custom_id = "good", method = "POST", url = "/v1/chat/completions",
            body = new { model = "in-context-regression", messages = new[] { new { role = "user", content = prompt.Text } } } });
        var batch = await EndAsync(model, await CreateAsync(model, await UploadAsync(model, $"{Good}\n{good}\n")));

        Assert.Equal("completed", batch.GetProperty("status").GetString());
        var output = await LineAsync(model, batch.GetProperty("output_file_id").GetString()!);
        Assert.Equal(("good", 200),
            (output.GetProperty("custom_id").GetString(), output.GetProperty("response").GetProperty("status_code").GetInt32()));
        var direct = await model.AskAsync(prompt);
        Assert.Equal(direct.Text("content"), output.GetProperty("response").GetProperty("body").GetProperty("choices")[0]
            .GetProperty("message").GetProperty("content").GetString());
        var error = await LineAsync(model, batch.GetProperty("error_file_id").GetString()!);
        Assert.Equal(
            ("a", 400), (error.GetProperty("custom_id").GetString(), error.GetProperty("response").GetProperty("status_code").GetInt32()));
    }

    [Theory]
    [InlineData("""{"input_file_id":"file-x","endpoint":"/v1/chat/completions","completion_window":"24h"}""", "input_file_id")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/embeddings","completion_window":"24h"}""", "endpoint")]
    [InlineData("""{"input_file_id":"FILE","endpoint":"/v1/chat/completions","completion_window":"1h"}""", "completion_window")]
    [InlineData("{", null)]
    public async Task Requests_for_batches_are_checked(string request, string? parameter)
    {
        await using var model = await FaultyModel.StartAsync();
        var file = await UploadAsync(model, Good);
        using var answer = await PostAsync(model, "/v1/batches", request.Replace("FILE", file, StringComparison.Ordinal));

        Assert.Equal(400, (int)answer.StatusCode);
        Assert.Equal(
            parameter, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error").GetProperty("param").GetString());
    }

    private static async Task<string> UploadAsync(FaultyModel model, string text)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("batch"), "purpose" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "file", "questions.jsonl" },
        };
        using var answer = await model.Http.PostAsync(new Uri("/v1/files", UriKind.Relative), form);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<string> CreateAsync(FaultyModel model, string file)
    {
        var request = JsonSerializer.Serialize(new { input_file_id = file, endpoint = "/v1/chat/completions", completion_window = "24h" });
        using var answer = await PostAsync(model, "/v1/batches", request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> EndAsync(FaultyModel model, string id)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            var batch = await model.Http.GetFromJsonAsync<JsonElement>(new Uri($"/v1/batches/{id}", UriKind.Relative), patience.Token);
            if (batch.GetProperty("status").GetString() is "completed" or "failed" or "expired") return batch;
            await Task.Delay(20, patience.Token);
        }
    }

    private static async Task<JsonElement> LineAsync(FaultyModel model, string file)
    {
        using var document = JsonDocument.Parse(Assert.Single((await model.Http.GetStringAsync(
            new Uri($"/v1/files/{file}/content", UriKind.Relative))).Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        return document.RootElement.Clone();
    }

    private static Task<HttpResponseMessage> PostAsync(FaultyModel model, string path, string body) =>
        model.Http.PostAsync(new Uri(path, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"));
}
