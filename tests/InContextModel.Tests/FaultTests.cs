using System.Globalization;
using System.Text.Json;
using HsNas.Local.InContextModel;
using HsNas.Predictors.Prompting;

namespace HsNas.InContextModel.Tests;

public sealed class FaultTests
{
    private static readonly PromptBuilder Builder = Prompts.Builder(1);

    [Theory]
    [InlineData("RateLimit", 429)]
    [InlineData("ServerError", 500)]
    [InlineData("Truncated", 200)]
    [InlineData("Refusal", 200)]
    [InlineData("Garbage", 200)]
    public async Task A_share_of_one_hits_every_request_and_gives_nothing_that_can_be_read(string kind, int status)
    {
        await using var model = await FaultyModel.StartAsync($"--Faults:{kind}=1", "--Faults:RetryAfter=00:00:01.500");
        foreach (var schema in new[] { false, true })
            for (var i = 0; i < 12; i++)
            {
                var answer = await model.AskAsync(Builder.Build(Prompts.Architectures(1, i)[0]), schema);
                Assert.Equal(status, answer.Status);
                if (status == 429) Assert.Equal(("1500", "2"), answer.RetryAfter);
                if (status != 200) continue;
                var (content, refusal) = (answer.Text("content"), answer.Text("refusal"));
                Assert.Null(AnswerReader.Read(content, 1, schema ? AnswerForm.Schema : AnswerForm.Text)[0].Value);
                Assert.Equal(kind == "Truncated" ? "length" : "stop", answer.FinishReason);
                if (kind == "Refusal" && schema) Assert.True(content is null && refusal is { Length: > 0 });
            }

        Assert.Equal(24, (await model.CountsAsync()).GetProperty(kind).GetInt32());
    }

    [Fact]
    public async Task Shares_are_kept_and_the_same_seed_hits_the_same_requests()
    {
        string[] options = ["--Faults:RateLimit=0.1", "--Faults:ServerError=0.05", "--Faults:Garbage=0.1", "--Faults:Seed=7"];
        await using var first = await FaultyModel.StartAsync(options);
        await using var second = await FaultyModel.StartAsync(options);
        var prompts = Prompts.Architectures(300, 8).Select(Builder.Build).ToList();

        var forwards = new List<int>();
        foreach (var prompt in prompts) forwards.Add((await first.AskAsync(prompt)).Status);
        var backwards = new List<int>();
        foreach (var prompt in prompts.AsEnumerable().Reverse()) backwards.Add((await second.AskAsync(prompt)).Status);

        Assert.Equal(forwards, backwards.AsEnumerable().Reverse());
        Assert.InRange(forwards.Count(s => s == 429), 15, 48);
        Assert.InRange(forwards.Count(s => s == 500), 5, 28);
        var counts = await first.CountsAsync();
        Assert.Equal(300, counts.EnumerateObject().Sum(c => c.Value.GetInt32()));
        Assert.InRange(counts.GetProperty("Garbage").GetInt32(), 15, 48);
    }

    [Fact]
    public async Task A_late_answer_is_the_right_one()
    {
        await using var model = await FaultyModel.StartAsync("--Faults:Slow=1", "--Faults:SlowBy=00:00:00.010");
        var prompt = Builder.Build(Prompts.Architectures(1, 3)[0]);

        Assert.Equal(Prompts.Expected(prompt).ToString("F2", CultureInfo.InvariantCulture), (await model.AskAsync(prompt)).Text("content"));
    }

    [Fact]
    public async Task Several_architectures_are_answered_in_order_as_lines_or_by_schema()
    {
        await using var model = await FaultyModel.StartAsync();
        var architectures = Prompts.Architectures(4, 11);
        var prompt = Builder.Build(architectures);
        var expected = architectures.Select(a => Math.Round(Prompts.Expected(Builder.Build(a)), 2)).ToList();

        var lines = AnswerReader.Read((await model.AskAsync(prompt)).Text("content"), 4, AnswerForm.Text);
        var schema = AnswerReader.Read((await model.AskAsync(prompt, schema: true)).Text("content"), 4, AnswerForm.Schema);

        Assert.Equal(expected, lines.Select(a => a.Value!.Value));
        Assert.Equal(expected, schema.Select(a => a.Value!.Value));
    }

    [Fact]
    public async Task An_answer_longer_than_the_limit_is_cut_off_and_says_so()
    {
        await using var model = await FaultyModel.StartAsync();
        var answer = await model.AskAsync(Builder.Build(Prompts.Architectures(30, 12)), limit: 25);

        Assert.Equal("length", answer.FinishReason);
        Assert.Equal(25, answer.Body.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
        var read = AnswerReader.Read(answer.Text("content"), 30, AnswerForm.Text);
        Assert.NotNull(read[0].Value);
        Assert.Null(read[29].Value);
    }

    [Fact]
    public async Task What_a_prompt_shares_with_the_one_before_counts_as_cached()
    {
        await using var model = await FaultyModel.StartAsync();
        var prompts = Prompts.Architectures(3, 13).Select(Builder.Build).ToList();
        var cached = new List<int>();
        foreach (var prompt in prompts)
            cached.Add((await model.AskAsync(prompt)).Body.GetProperty("usage").GetProperty("prompt_tokens_details")
                .GetProperty("cached_tokens").GetInt32());

        Assert.Equal(0, cached[0]);
        Assert.All(cached.Skip(1), c => Assert.True(c >= 1024 && c % 128 == 0 && c <= prompts[0].Text.Length / 4));
    }

    [Fact]
    public async Task The_recording_tells_what_was_asked_with_which_kind_of_credential_and_never_the_credential()
    {
        await using var model = await FaultyModel.StartAsync("--Recording:Requests=true");
        await model.AskAsync(Builder.Build(Prompts.Architectures(1, 14)[0]));

        var text = await model.Http.GetStringAsync(new Uri("/recording/requests", UriKind.Relative));
        using var recording = JsonDocument.Parse(text);
        var request = Assert.Single(recording.RootElement.EnumerateArray());
        Assert.Equal(("/v1/chat/completions", "bearer", 200, "none"),
            (request.GetProperty("path").GetString(), request.GetProperty("credential").GetString(),
            request.GetProperty("status").GetInt32(), request.GetProperty("fault").GetString()));
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--Faults:RateLimit=1.5")]
    [InlineData("--Faults:Slow=-0.1")]
    [InlineData("--Faults:RetryAfter=00:00:00")]
    public void Impossible_options_are_refused(string option) =>
        Assert.Throws<InvalidOperationException>(() => ModelServer.Create([option]));

    [Fact]
    public void Shares_above_one_in_sum_are_refused() =>
        Assert.Throws<InvalidOperationException>(() => ModelServer.Create(["--Faults:RateLimit=0.6", "--Faults:Garbage=0.6"]));
}
