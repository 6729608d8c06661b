using HsNas.Cli.Hosting;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Translation;

namespace HsNas.Cli.Tests.Commands;

/// <summary>predictors ablate, as a user runs it, of a model over the wire.</summary>
public sealed class PredictorsAblateTests : IDisposable
{
    private const string Ablate = "predictors ablate --task tiny-en-de";

    private readonly TemporaryFolder _root = new();

    public PredictorsAblateTests() =>
        _root.Write("data/seeds/tiny-en-de.jsonl",
            File.ReadAllText(Workspace.Find(Environment.GetEnvironmentVariable).Seeds.Own("tiny-en-de")));

    public void Dispose() => _root.Dispose();

    [Fact]
    public async Task Seven_prompts_are_asked_under_a_limit_and_what_they_cost_is_told()
    {
        await using var model = await ServedModel.StartAsync("--Faults:ServerError=0.02", "--Faults:Garbage=0.02");
        (string, string)[] environment = [Root, ("Llm__Price__InputPerMillion", "1"), ("Llm__Price__OutputPerMillion", "10")];
        var line = $"{Ablate} --endpoint {model.Options.Endpoint} --model in-context-regression";

        var first = await CommandRun.OfAsync($"{line} --max-cost-usd 0.05", environment);
        Assert.Equal(1, first.ExitCode);
        Assert.Contains("error: --max-cost-usd $0.05 is reached", first.Errors, StringComparison.Ordinal);
        Assert.Matches(@"in-context-regression: \$0\.0[0-9]+ spent of at most \$0\.05, [0-9]+ answers", first.Output);
        var bought = (await model.AnsweredAsync()).Count;

        var second = await CommandRun.OfAsync(line, environment);
        Assert.Equal((0, ""), (second.ExitCode, second.Errors));
        foreach (var row in (string[])["Demonstrations only", "+ second (sentence pairs)", "+ fifth: the full prompt"])
            Assert.Contains(row, second.Output, StringComparison.Ordinal);

        var all = (await model.AnsweredAsync()).Count;
        Assert.InRange(bought, 1, all - 1);
        Assert.Contains($"{all - bought:N0} answers", second.Output, StringComparison.Ordinal);
        var third = await CommandRun.OfAsync(line, environment);
        Assert.Equal(all, (await model.AnsweredAsync()).Count);
        Assert.Contains("$0.00 spent, 0 answers", third.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prompts_show_pairs_of_the_tasks_data_set_as_those_of_a_search_do()
    {
        var store = new Workspace(_root.Path).Data;
        await store.WriteJsonAsync(BlobLayout.CurrentDataset("tiny-en-de"),
            new DatasetManifest("tiny-en-de", "abc", "made up", 60, 1, 2, 1));
        await store.WriteTextAsync(BlobLayout.SourceText("tiny-en-de", "abc", CorpusPart.Valid), "Open the drawer.\nClose the drawer.\n");
        await store.WriteTextAsync(BlobLayout.References("tiny-en-de", "abc", CorpusPart.Valid), "Schublade auf.\nSchublade zu.\n");
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("24.25"));

        var run = await CommandRun.OfAsync($"{Ablate} --endpoint {model.Endpoint} --model m", Root);

        Assert.Equal((0, ""), (run.ExitCode, run.Errors));
        Assert.Contains("The second instruction shows pairs of the validation text.", run.Output, StringComparison.Ordinal);
        var shown = model.Requests.Count(r => r.Body.GetProperty("messages").ToString()
            .Contains("Schublade auf.", StringComparison.Ordinal));
        Assert.Equal(model.Requests.Count * 4 / 7, shown); // The second instruction and what is added to it.
    }

    [Fact]
    public async Task Settings_of_a_reasoning_model_are_heeded_and_its_hidden_tokens_are_paid_for()
    {
        await using var model = await RecordingModel.StartAsync(
            _ => RecordingModel.Completion("24.25", prompt: 1000, completion: 900, reasoning: 896));
        (string, string)[] environment =
        [
            Root, ("Llm__Kind", "OpenAI"), ("Llm__ApiKey", "k"), ("Llm__Model", "o4-mini"), ("Llm__Reasoning", "true"),
                ("Llm__ReasoningEffort", "low"), ("Llm__Temperature", "0.5"),
        ];

        var run = await CommandRun.OfAsync($"{Ablate} --endpoint {model.Endpoint} --max-cost-usd 1", environment);

        Assert.Equal(1, run.ExitCode);
        Assert.All(model.Requests, r => Assert.Equal(
            ["max_completion_tokens", "messages", "model", "reasoning_effort"], r.Body.EnumerateObject().Select(p => p.Name)
                .Order(StringComparer.Ordinal)));
        // 1,000 at $1.10 and 900 at $4.40 for a million; before each call, 4,121 answer tokens are set aside.
        Assert.InRange(model.Requests.Count, 1, (int)(1 / 0.00506m));
        Assert.Contains(FormattableString.Invariant($"${model.Requests.Count * 0.00506m:0.00##} spent of at most $1.00"), run.Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_api_version_leads_to_azures_deployments_address()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("24.25"));

        var run = await CommandRun.OfAsync($"{Ablate} --endpoint {model.Address} --model my-mini --orders 2", Root,
            ("Llm__ApiVersion", "2024-10-21"), ("Llm__ApiKey", "k"));

        Assert.True(run.ExitCode == 0, run.Errors);
        Assert.All(model.Requests, r => Assert.Equal(
            ("/openai/deployments/my-mini/chat/completions", "?api-version=2024-10-21", "k"), (r.Path, r.Query, r.ApiKey)));
    }

    [Theory]
    [InlineData("--endpoint nowhere --model m", "--endpoint is nowhere; expected an http address, or \"local\".")]
    [InlineData("--model gpt-x", "--model is gpt-x; with --endpoint local expected in-context-regression or in-context-ridge")]
    [InlineData("--endpoint local", "The in-context model is not built")]
    [InlineData("--endpoint http://127.0.0.1:9/v1", "No model is named: give --model, or set Llm__Model.")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --max-cost-usd 1", "--max-cost-usd 1 needs the price of m")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --max-cost-usd 0", "--max-cost-usd is 0; expected above 0")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --max-cost-usd 1000001",
        "--max-cost-usd is 1000001; expected above 0, at most 1000000")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --orders 0", "--orders is 0; expected 1 to 100")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --samples 101", "--samples is 101; expected 1 to 100")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --orders 1", "--orders x --samples is 1; expected at least 2")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --source x", "--source and --target belong together")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --source nothing.en --target nothing.de", "nothing.en does not exist")]
    [InlineData("--endpoint http://127.0.0.1:9/v1 --model m --tfs-eval nothing.jsonl", "nothing.jsonl does not exist")]
    public async Task Bad_input_is_named_and_nothing_is_asked(string options, string expected)
    {
        var run = await CommandRun.OfAsync($"{Ablate} {options}", Root);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(" at HsNas.", run.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Llm__Temperature", "warm", "Llm:Temperature")]
    [InlineData("Llm__Temperature", "3", "Setting Llm__Temperature is 3; allowed: 0 to 2.")]
    [InlineData("Llm__Kind", "Own", "Llm:Kind")]
    [InlineData("Llm__ApiVersion", "latest", "Setting Llm__ApiVersion is latest; allowed: a date as YYYY-MM-DD")]
    [InlineData("Llm__Price__InputPerMillion", "-1", "Setting Llm__Price")]
    [InlineData("Llm__Price__BatchFactor", "2", "Setting Llm__Price__BatchFactor is 2; allowed: 0 to 1.")]
    public async Task A_bad_setting_is_named(string name, string value, string expected)
    {
        var run = await CommandRun.OfAsync($"{Ablate} --endpoint http://127.0.0.1:9/v1 --model m", Root, (name, value));
        Assert.Equal(1, run.ExitCode);
        Assert.Contains(expected, run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sentences_and_translations_must_be_as_many()
    {
        var (source, target) = (_root.Write("x.en", "one\ntwo\n"), _root.Write("x.de", "eins\n"));
        var run = await CommandRun.OfAsync(
            $"{Ablate} --endpoint http://127.0.0.1:9/v1 --model m --source {source} --target {target}", Root);
        Assert.Equal(1, run.ExitCode);
        Assert.Contains("x.en has 2 lines and x.de 1", run.Errors, StringComparison.Ordinal);
    }

    private (string, string) Root => ("HSNAS_ROOT", _root.Path);
}
