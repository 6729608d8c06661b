using HsNas.Cli.Predictors;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Predictors;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;
using HsNas.Storage;
using Microsoft.AspNetCore.Http;

namespace HsNas.Cli.Tests.Predictors;

/// <summary>Buying labels over the wire, with the SDK.</summary>
public sealed class EndpointLabelsTests : IDisposable
{
    private static readonly IReadOnlyList<Prompt> Prompts = Questions(30);

    private readonly TemporaryFolder _folder = new();

    private DirectoryArtifactStore Ledger => new(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prompts_are_answered_in_order_and_the_ledger_is_what_was_paid_for_when_the_model_has_faults()
    {
        IReadOnlyList<double> undisturbed;
        await using (var calm = await ServedModel.StartAsync()) undisturbed = await Model(calm.Options, ledger: false).Source(0)
            .LabelAsync(Prompts);
        LlmOptions options;
        await using (var model = await ServedModel.StartAsync(
            "--Faults:RateLimit=0.05", "--Faults:ServerError=0.05", "--Faults:Garbage=0.1", "--Faults:Refusal=0.05",
                "--Faults:Truncated=0.05", "--Faults:RetryAfter=00:00:00.010"))
        {
            options = model.Options;
            Assert.Equal(undisturbed, await Model(options).Source(0).LabelAsync(Prompts));
            Assert.Equal((await model.AnsweredAsync()).Order(), (await EntriesAsync()).Select(e => e.PromptHash).Order());
        }

        // Nobody listens there any more.
        var replay = Model(options);
        Assert.Equal(undisturbed, await replay.Source(0).LabelAsync(Prompts));
        Assert.Contains("$0.00 spent, 0 answers", replay.Account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_limit_is_never_passed_and_the_next_run_goes_on_from_what_was_bought()
    {
        const decimal Limit = 0.2m;
        await using var model = await ServedModel.StartAsync("--Faults:Garbage=0.1", "--Faults:ServerError=0.05");
        var runs = 0;
        while (true)
        {
            var (before, asked) = ((await EntriesAsync()).Sum(e => e.Usd!.Value), Model(model.Options, Limit));
            Assert.InRange(++runs, 1, Prompts.Count);
            try
            {
                Assert.Equal(Prompts.Count, (await asked.Source(0).LabelAsync(Prompts)).Count);
                break;
            }
            catch (LabelUnavailableException e)
            {
                var spent = (await EntriesAsync()).Sum(entry => entry.Usd!.Value) - before;
                Assert.InRange(spent, 0.0001m, Limit);
                Assert.Contains("--max-cost-usd $0.20 is reached", e.Message, StringComparison.Ordinal);
                Assert.Contains(FormattableString.Invariant($"${spent:0.00##} were spent"), e.Message, StringComparison.Ordinal);
                Assert.Contains(FormattableString.Invariant($"${spent:0.00##} spent of at most $0.20"), asked.Account,
                    StringComparison.Ordinal);
            }
        }

        Assert.True(runs > 1);
        Assert.Equal((await model.AnsweredAsync()).Order(), (await EntriesAsync()).Select(e => e.PromptHash).Order());
    }

    [Fact]
    public void A_limit_without_a_price_is_refused_by_the_names_of_both()
    {
        var error = Assert.Throws<LabelUnavailableException>(() => Model(new LlmOptions { Model = "nobody-lists-this" }, 0.5m));
        Assert.Contains("--max-cost-usd 0.5", error.Message, StringComparison.Ordinal);
        Assert.Contains("nobody-lists-this", error.Message, StringComparison.Ordinal);
        Assert.Contains("Llm__PricedAs", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_account_says_that_there_is_no_price_instead_of_a_sum()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("24.25"));
        var asked = Model(new LlmOptions { Endpoint = model.Endpoint, Model = "nobody-lists-this" });
        await asked.Source(0).LabelAsync([new Prompt("p", "")]);
        Assert.Contains("price not known, 1 answers", asked.Account, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_sample_is_another_question_and_another_fingerprint()
    {
        await using var model = await RecordingModel.StartAsync(n => RecordingModel.Completion($"2{n}.00"));
        var asked = Model(new LlmOptions { Endpoint = model.Endpoint, Model = "m" });
        var (first, second) = (asked.Source(0), asked.Source(1));
        Assert.Equal([21.0], await first.LabelAsync([new Prompt("p", "")]));
        Assert.Equal([22.0], await second.LabelAsync([new Prompt("p", "")]));
        Assert.Equal([21.0], await first.LabelAsync([new Prompt("p", "")]));
        Assert.Equal(2, model.Requests.Count);
        Assert.NotEqual(first.Fingerprint, second.Fingerprint);
    }

    [Fact]
    public async Task An_unusable_answer_is_asked_again_a_bounded_number_of_times()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("I cannot say"));
        var error = await UnavailableAsync(Model(new LlmOptions { Endpoint = model.Endpoint, Model = "m", Samples = 3 }));
        Assert.Contains("m gave no usable answer in 3 attempts", error.Message, StringComparison.Ordinal);
        Assert.Equal(3, model.Requests.Count);
    }

    [Fact]
    public async Task A_refusal_names_model_and_status_and_an_answer_in_flight_is_still_kept()
    {
        var refused = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var model = await RecordingModel.StartAsync(n => n == 1 ? new Late(refused.Task) : new Wrong(refused));
        var error = await Assert.ThrowsAsync<LabelUnavailableException>(async () =>
            await Model(new LlmOptions { Endpoint = model.Endpoint, Model = "m" }).Source(0)
                .LabelAsync([new Prompt("p", "1"), new Prompt("p", "2")]));
        Assert.Contains("m refused with status 401", error.Message, StringComparison.Ordinal);
        Assert.Equal("24.25", Assert.Single(await EntriesAsync()).Answer);
    }

    [Fact]
    public async Task Who_is_not_there_is_named()
    {
        var error = await UnavailableAsync(Model(new LlmOptions { Endpoint = "http://127.0.0.1:9/v1", Model = "m", Retries = 1 }));
        Assert.Contains("m cannot be reached", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_completion_is_named()
    {
        await using var model = await RecordingModel.StartAsync(_ => TypedResults.Text("<html>a proxy's page</html>", "text/html"));
        var error = await UnavailableAsync(Model(new LlmOptions { Endpoint = model.Endpoint, Model = "m", Retries = 1 }));
        Assert.Contains("something else than a chat completion", error.Message, StringComparison.Ordinal);
    }

    private static async Task<LabelUnavailableException> UnavailableAsync(EndpointModel model) =>
        await Assert.ThrowsAsync<LabelUnavailableException>(async () => await model.Source(0).LabelAsync([new Prompt("p", "")]));

    private EndpointModel Model(LlmOptions options, decimal? most = null, bool ledger = true) =>
        new(options, ledger ? Ledger : null, most, TimeProvider.System);

    private async Task<List<LedgerEntry>> EntriesAsync()
    {
        var entries = new List<LedgerEntry>();
        await foreach (var name in Ledger.ListAsync(BlobLayout.Ledger, "")) entries.Add(
            await Ledger.ReadJsonAsync<LedgerEntry>(new BlobPath(BlobLayout.Ledger, name)));
        return entries;
    }

    private static List<Prompt> Questions(int count)
    {
        var task = TaskCatalog.Get("wmt14-en-de");
        var cost = CostModel.For(task);
        var shown = new ArchitectureSampler(task.Space, 77).Distinct(4)
            .Select((a, i) => new Demonstration(a, cost.Evaluate(a).TotalGFlops, 20 + i)).ToList();
        var builder = new PromptBuilder(task, shown, [], new PromptOptions { TaskExamples = 0, ArchitectureExamples = 4 });
        return [.. new ArchitectureSampler(task.Space, 5).Distinct(count).Select(a => builder.Build(a))];
    }

    /// <summary>An answer that comes after another question was refused, unless its caller has gone.</summary>
    private sealed class Late(Task refused) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await refused;
            // Who gives calls up when another fails has done so by then.
            await Task.Delay(500, httpContext.RequestAborted);
            await RecordingModel.Completion("24.25").ExecuteAsync(httpContext);
        }
    }

    private sealed class Wrong(TaskCompletionSource refused) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            await TypedResults.Json(new { error = new { message = "wrong key", type = "invalid_request_error" } }, statusCode: 401)
                .ExecuteAsync(httpContext);
            refused.SetResult();
        }
    }
}
