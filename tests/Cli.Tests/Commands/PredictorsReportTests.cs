using System.Text.Json;
using HsNas.Cli.Hosting;
using HsNas.Cli.Predictors;
using HsNas.Cli.Tests.Support;
using HsNas.Functions.Tests.Support;
using HsNas.Predictors.Prompting;
using Microsoft.AspNetCore.Http;

namespace HsNas.Cli.Tests.Commands;

/// <summary>predictors score and report, as a user runs them, of a model over the wire.</summary>
public sealed class PredictorsReportTests : IDisposable
{
    private readonly TemporaryFolder _root = new();

    public PredictorsReportTests() =>
        _root.Write("data/seeds/tiny-en-de.jsonl",
            File.ReadAllText(Workspace.Find(Environment.GetEnvironmentVariable).Seeds.Own("tiny-en-de")));

    private (string, string) Root => ("HSNAS_ROOT", _root.Path);

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task A_report_names_the_model_that_answered_and_what_it_cost()
    {
        await using var model = await RecordingModel.StartReadingAsync(Answer);
        var file = Path.Combine(_root.Path, "page.md");

        var run = await CommandRun.OfAsync(
            $"predictors report --endpoint {model.Endpoint} --model some-model --orders 2 --out {file}", Root,
                ("Llm__Price__InputPerMillion", "1"), ("Llm__Price__OutputPerMillion", "0"));

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        // Each answer has 100 prompt tokens.
        var cost = FormattableString.Invariant(
            $"some-model: ${model.Requests.Count * 0.0001m:0.00##} spent, {model.Requests.Count:N0} answers;");
        Assert.Contains(cost, run.Output, StringComparison.Ordinal);
        Assert.Equal(model.Requests.Count, model.Requests.Select(r => r.Body.GetProperty("messages").ToString())
            .Distinct(StringComparer.Ordinal).Count());
        var page = await File.ReadAllTextAsync(file);
        Assert.Contains("answered by some-model at the time of writing", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No language model was asked", page, StringComparison.Ordinal);
        foreach (var part in new[] { "## tiny-en-de", "### Scorecard", "| *some-model* |", "| LLM-PP |", "### Against the floors",
            "Mean spread of LLM-PP over 2 orders", "### Seed architectures by design" })
            Assert.Contains(part, page, StringComparison.Ordinal);
        foreach (var ablation in Enum.GetValues<PromptAblation>())
            Assert.Contains($"| {PromptAblations.NameOf(ablation)} |", page, StringComparison.Ordinal);
        // A hundred divisions would be thousands of paid questions.
        Assert.DoesNotContain("random divisions", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_score_under_a_limit_ends_at_it()
    {
        await using var model = await RecordingModel.StartReadingAsync(Answer);

        var run = await CommandRun.OfAsync(
            $"predictors score --task tiny-en-de --endpoint {model.Endpoint} --model some-model --max-cost-usd 0.02", Root,
                ("Llm__Price__InputPerMillion", "1"), ("Llm__Concurrency", "1"));

        Assert.Equal(1, run.ExitCode);
        Assert.InRange(model.Requests.Count, 1, 200);
        var bought = FormattableString.Invariant($"{model.Requests.Count:N0} answers were bought");
        var spent = FormattableString.Invariant($"${model.Requests.Count * 0.0001m:0.00##} were spent");
        Assert.Contains($"--max-cost-usd $0.02 is reached: {bought}, {spent}.", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_model_does_not_answer_is_told_in_its_own_words()
    {
        await using var model = await RecordingModel.StartAsync(
            _ => TypedResults.Json(new { error = new { message = "wrong key", type = "x" } }, statusCode: 401));

        var run = await CommandRun.OfAsync($"predictors score --task tiny-en-de --endpoint {model.Endpoint} --model m", Root);

        Assert.Equal(1, run.ExitCode);
        Assert.StartsWith("error: m refused with status 401: ", run.Errors, StringComparison.Ordinal);
        Assert.Contains("wrong key", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_report_is_refused_when_there_are_no_seed_architectures()
    {
        using var empty = new TemporaryFolder();
        var run = await CommandRun.OfAsync("predictors report --endpoint http://127.0.0.1:9/v1 --model m", ("HSNAS_ROOT", empty.Path));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("No task has seed architectures", run.Errors, StringComparison.Ordinal);
    }

    // A number that is a function of the prompt, as a language model's is.
    private static IResult Answer(JsonElement body) => RecordingModel.Completion(
        FormattableString.Invariant(
            $"{10 + (body.GetProperty("messages")[0].GetProperty("content").GetString()!.Sum(c => c) % 1000 / 100.0):F2}"));
}
