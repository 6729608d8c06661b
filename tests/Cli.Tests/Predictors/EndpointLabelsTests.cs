using System.Net;
using System.Text.Json;
using HsNas.Cli.Predictors;
using HsNas.Cli.Tests.Support;
using HsNas.Shared.Predictors.LanguageModels;
using HsNas.Shared.Prompting;
using HsNas.Storage;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>Asking an endpoint over the SDK, with the far side played.</summary>
public class EndpointLabelsTests
{
    private static readonly Uri Address = new("http://model.invalid/v1");

    [Fact]
    public async Task Answers_come_in_the_order_of_the_prompts_and_are_bought_once()
    {
        using var folder = new TemporaryFolder();
        using var app = new FakeApp(request => Completion(Asked(request)));
        using var http = new HttpClient(app);
        var store = new DirectoryArtifactStore(folder.Path);
        Prompt[] prompts = [new("demonstrations ", "21.5"), new("demonstrations ", "22.5"), new("demonstrations ", "23.5")];
        Assert.Equal([21.5, 22.5, 23.5], await new EndpointLabels(Address, "m", "secret", 0, store, http).LabelAsync(prompts));
        Assert.Equal(3, app.Requests.Count);
        Assert.Equal([21.5, 22.5, 23.5], await new EndpointLabels(Address, "m", "secret", 0, store, http).LabelAsync(prompts));
        Assert.Equal(3, app.Requests.Count);
        Assert.All(app.Requests, r => Assert.Equal("http://model.invalid/v1/chat/completions", r.Url));
        Assert.All(app.Requests, r => Assert.DoesNotContain("secret", r.Body, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Another_sample_is_another_question_and_another_fingerprint()
    {
        using var folder = new TemporaryFolder();
        using var app = new FakeApp(request => Completion(Asked(request)));
        using var http = new HttpClient(app);
        var store = new DirectoryArtifactStore(folder.Path);
        var (first, second) = (new EndpointLabels(Address, "m", "", 0, store, http), new EndpointLabels(Address, "m", "", 1, store, http));
        await first.LabelAsync([new Prompt("p ", "20")]);
        await second.LabelAsync([new Prompt("p ", "20")]);
        Assert.Equal(2, app.Requests.Count);
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public async Task An_unusable_answer_is_asked_again_a_bounded_number_of_times()
    {
        var answers = 0;
        using var app = new FakeApp(_ => Completion(++answers < 3 ? "I cannot say" : "24.25"));
        using var http = new HttpClient(app);
        Assert.Equal([24.25], await new EndpointLabels(Address, "m", "", 0, null, http).LabelAsync([new Prompt("p", "")]));
        Assert.Equal(3, answers);
        using var mute = new FakeApp(_ => Completion("no"));
        using var deaf = new HttpClient(mute);
        var error = await Assert.ThrowsAsync<LabelUnavailableException>(async () => await new EndpointLabels(Address, "m", "", 0, null, deaf).LabelAsync([new Prompt("p", "")]));
        Assert.Contains("no usable answer in 8 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(8, mute.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_names_model_and_status()
    {
        using var app = new FakeApp(_ => FakeApp.Json("""{"error":{"message":"wrong key","type":"invalid_request_error"}}""", HttpStatusCode.Unauthorized));
        using var http = new HttpClient(app);
        var error = await Assert.ThrowsAsync<LabelUnavailableException>(async () => await new EndpointLabels(Address, "m", "", 0, null, http).LabelAsync([new Prompt("p", "")]));
        Assert.Contains("m refused with status 401", error.Message, StringComparison.Ordinal);
    }

    private static string Asked(HttpRequestMessage request)
    {
        using var body = JsonDocument.Parse(request.Content!.ReadAsStringAsync().GetAwaiter().GetResult());
        var content = body.RootElement.GetProperty("messages")[0].GetProperty("content");
        var text = content.ValueKind == JsonValueKind.String ? content.GetString()! : content[0].GetProperty("text").GetString()!;
        return text.Split(' ')[^1];
    }

    private static HttpResponseMessage Completion(string text) => FakeApp.Json(JsonSerializer.Serialize(new
    {
        id = "c",
        @object = "chat.completion",
        created = 1,
        model = "m",
        choices = new[] { new { index = 0, finish_reason = "stop", message = new { role = "assistant", content = text } } },
        usage = new { prompt_tokens = 5, completion_tokens = 1, total_tokens = 6 },
    }));
}
