using HsNas.Contracts;
using HsNas.Functions.Distillation.Batches;
using HsNas.Functions.Tests.Llm;
using HsNas.Functions.Tests.Support;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Labelling;
using HsNas.Predictors.LanguageModels;
using HsNas.Spaces;

namespace HsNas.Functions.Tests.Distillation;

/// <summary>Batches over the wire, with the real SDK, against the local endpoint.</summary>
public sealed class BatchLabellerTests : IDisposable
{
    private const string Folder = "wmt14-en-de/0123456789abcdef";

    private readonly LabellerUnderTest _labeller = new();

    public void Dispose() => _labeller.Dispose();

    [Fact]
    public async Task Answers_go_to_the_ledger_at_the_batch_price_and_nothing_is_asked_again()
    {
        await using var model = await ServedModel.StartAsync();
        var state = await AskAsync(model.Options);
        var ledger = await LedgerAsync();

        Assert.Equal(("completed", 20, 20, 0), (state.Status, state.Total, state.Completed, state.Failed));
        Assert.Equal(20, ledger.Count);
        var price = new LlmPrices(model.Options).Price!;
        Assert.All(ledger, e => Assert.Equal(price.Of(e.Usage) / 2, e.Usd));
        Assert.All(await LabelAsync(model.Options with { Offline = true }), l => Assert.NotNull(l));
        Assert.Null(await Batches(model.Options).SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default));
        Assert.Equal(20, (await model.AnsweredAsync()).Count);
        Assert.Single(await model.BatchesAsync());
    }

    [Theory]
    [InlineData("--Faults:RateLimit=0.2", "--Faults:ServerError=0.2", "--Faults:RetryAfter=00:00:00.010")]
    [InlineData("--Batches:ExpireAfter=7")]
    [InlineData("--Batches:ExpireAfter=0")]
    public async Task What_a_batch_leaves_open_is_asked_interactively_and_nothing_twice(params string[] faults)
    {
        await using var model = await ServedModel.StartAsync(faults);
        var state = await AskAsync(model.Options);
        var partial = await LedgerAsync();
        var labels = await LabelAsync(model.Options);
        var answered = await model.AnsweredAsync();

        Assert.Equal(faults[0].Contains("Expire", StringComparison.Ordinal) ? "expired" : "completed", state.Status);
        Assert.Equal(state.Completed, partial.Count);
        Assert.InRange(partial.Count, 0, 19);
        Assert.Equal(20, state.Completed + state.Failed);
        Assert.All(labels, l => Assert.NotNull(l));
        Assert.Equal(20, answered.Count);
        Assert.Equal(20, answered.Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(20, (await LedgerAsync()).Count);
    }

    [Fact]
    public async Task Killed_between_creation_and_note_the_batch_is_found_again()
    {
        await using var model = await ServedModel.StartAsync();
        var first = await Batches(model.Options).SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default);
        await _labeller.Blobs.Store.DeleteAsync(new BlobPath(BlobLayout.PredictorsContainer, $"{Folder}/batch-000.json"));
        var other = await Batches(model.Options).SubmitAsync($"{Folder}-other", Groups, _labeller.Prompts, _labeller.Run(), default);
        var again = await Batches(model.Options).SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default);
        var noted = await Batches(model.Options).SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default);

        Assert.Equal(first, again);
        Assert.Equal(first, noted);
        Assert.NotEqual(first!.Id, other!.Id);
        Assert.Equal(2, (await model.BatchesAsync()).Count);
    }

    [Fact]
    public async Task Answers_taken_twice_are_bought_once_and_the_next_batch_asks_only_the_rest()
    {
        await using var model = await ServedModel.StartAsync("--Batches:ExpireAfter=12");
        var batches = Batches(model.Options);
        var ticket = await batches.SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default);
        await EndAsync(batches, ticket!);
        await batches.TakeAsync(ticket!, Groups, _labeller.Prompts, _labeller.Run(), default);
        var ledger = await LedgerAsync();
        await batches.TakeAsync(ticket!, Groups, _labeller.Prompts, _labeller.Run(), default);
        Assert.Equal(ledger.Select(e => (e.Key, e.At)), (await LedgerAsync()).Select(e => (e.Key, e.At)));

        var state = await AskAsync(model.Options);
        Assert.Equal((8, 8), (state.Total, state.Completed));
        Assert.Equal(20, (await model.AnsweredAsync()).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(20, (await model.AnsweredAsync()).Count);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0.05)]
    [InlineData(1000)]
    public async Task A_batch_holds_no_more_than_the_limit_on_money_covers(double limit)
    {
        await using var model = await ServedModel.StartAsync();
        LabelRun Run() => new(new LlmPrices(model.Options).Allow((decimal)limit, batch: true), "", DateTimeOffset.UnixEpoch);
        var batches = Batches(model.Options);
        var ticket = await batches.SubmitAsync(Folder, Groups, _labeller.Prompts, Run(), default);
        if (ticket is not null)
        {
            await EndAsync(batches, ticket);
            await batches.TakeAsync(ticket, Groups, _labeller.Prompts, Run(), default);
        }

        var ledger = await LedgerAsync();
        Assert.InRange(ledger.Count, limit == 0 ? 0 : 1, limit switch { 0 => 0, 1000 => 20, _ => 19 });
        Assert.True(ledger.Sum(e => e.Usd!.Value) <= (decimal)limit);
        if (limit == 0) Assert.Empty(await model.BatchesAsync());
        if (limit == 1000) Assert.Equal(20, ledger.Count);
    }

    [Fact]
    public async Task An_endpoint_without_batches_is_named_as_the_reason()
    {
        await using var model = await RecordingModel.StartAsync(_ => RecordingModel.Completion("26.5"));
        var options = LabellerUnderTest.Options with { Endpoint = model.Endpoint };

        var failure = await Assert.ThrowsAsync<LabelException>(() => Batches(options)
            .SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default));

        Assert.Contains("Redistillation__Batch", failure.Message, StringComparison.Ordinal);
        Assert.Empty(model.Requests);
    }

    private IReadOnlyList<Architecture[]> Groups => [.. _labeller.Architectures.Chunk(1)];

    /// <summary>A new one, as a new process has it; only the blobs are the same.</summary>
    private BatchLabeller Batches(LlmOptions options) => new(
        options, _labeller.Labeller(options), new LabelLedger(_labeller.Blobs.Store), new BatchApi(options, TimeProvider.System),
            new LlmPrices(options), _labeller.Blobs.Store, TimeProvider.System);

    private async Task<BatchState> AskAsync(LlmOptions options)
    {
        var batches = Batches(options);
        var ticket = await batches.SubmitAsync(Folder, Groups, _labeller.Prompts, _labeller.Run(), default);
        var state = await EndAsync(batches, ticket!);
        await batches.TakeAsync(ticket!, Groups, _labeller.Prompts, _labeller.Run(), default);
        return state;
    }

    private static async Task<BatchState> EndAsync(BatchLabeller batches, BatchTicket ticket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (true)
        {
            if (await batches.CheckAsync(ticket, patience.Token) is { Ended: true } state) return state;
            await Task.Delay(20, patience.Token);
        }
    }

    private async Task<IReadOnlyList<double?>> LabelAsync(LlmOptions options)
    {
        var labels = new List<double?>();
        foreach (var group in Groups)
            labels.AddRange((await _labeller.Labeller(options).LabelAsync(group, _labeller.Prompts, _labeller.Run(), default)).Bleu);
        return labels;
    }

    private async Task<IReadOnlyList<LedgerEntry>> LedgerAsync()
    {
        var entries = new List<LedgerEntry>();
        await foreach (var name in _labeller.Blobs.Store.ListAsync(BlobLayout.Ledger, "")) entries.Add(
            await _labeller.Blobs.Store.ReadJsonAsync<LedgerEntry>(new BlobPath(BlobLayout.Ledger, name)));
        return entries;
    }
}
