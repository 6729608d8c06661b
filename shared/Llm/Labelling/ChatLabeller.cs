using HsNas.Llm.Asking;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Llm.Labelling;

/// <summary>
/// Asks the model for the BLEU of architectures, a group in one call. Answers come from the ledger where they were bought
/// before, and go there before they are used. What an answer leaves open is asked again: the same prompt as its next sample,
/// or a shorter prompt about what is left, a bounded number of times.
/// </summary>
/// <param name="options">Which model, and how it is asked.</param>
/// <param name="ledger">Bought answers; null for a model whose answers are not worth keeping.</param>
/// <param name="asker">Makes the calls.</param>
/// <param name="prices">What they cost.</param>
/// <param name="time">Dates answers.</param>
public sealed class ChatLabeller(LlmOptions options, LabelLedger? ledger, ChatAsker asker, LlmPrices prices, TimeProvider time)
{
    /// <summary>The model's name, as reports show it.</summary>
    public string Model => options.Model;

    /// <summary>The questions of a group, and what they have led to so far.</summary>
    /// <param name="architectures">The group, at least one.</param>
    /// <param name="prompts">Renders the questions.</param>
    /// <param name="run">Money, epoch and start of the distillation.</param>
    /// <param name="cancellationToken">Stops asking; an answer that has come is still stored.</param>
    /// <exception cref="LabelException">Offline, and an answer is not in the ledger.</exception>
    public Task<GroupLabels> LabelAsync(
        IReadOnlyList<Architecture> architectures, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken) =>
        LabelAsync(architectures.Count, open => prompts.Build(open.ConvertAll(i => architectures[i])), run, cancellationToken);

    /// <summary>The same for one architecture, whose prompt is given.</summary>
    /// <exception cref="LabelException">Offline, and an answer is not in the ledger.</exception>
    public Task<GroupLabels> LabelAsync(Prompt prompt, LabelRun run, CancellationToken cancellationToken) =>
        LabelAsync(1, _ => prompt, run, cancellationToken);

    /// <summary>
    /// What the ledger knows of a group; counts it as spent where it was bought since the distillation began, and asks nothing.
    /// </summary>
    public async Task CountSpentAsync(
        IReadOnlyList<Architecture> architectures, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken) =>
        run.Allowance.Count(await SpentAsync(architectures, prompts, run, cancellationToken));

    /// <summary>What was spent on a group since the distillation began, US dollars; asks nothing.</summary>
    public async Task<decimal> SpentAsync(
        IReadOnlyList<Architecture> architectures, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken) =>
        (await LookAsync(architectures, prompts, run, cancellationToken)).Tally.SpentUsd;

    /// <summary>The question of a group that would be asked next; null where the ledger has all answers. Asks nothing.</summary>
    public async Task<OpenQuestion?> TryGetOpenAsync(
        IReadOnlyList<Architecture> architectures, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken) =>
        (await LookAsync(architectures, prompts, run, cancellationToken)).Open;

    /// <summary>The ledger's settings of a run.</summary>
    public static string Settings(LlmOptions options, string epoch) => $"{options.Settings} {epoch}".Trim();

    /// <summary>The entry that a reply becomes.</summary>
    public static LedgerEntry Entry(LlmOptions options, string promptHash, int count, int sample, string epoch, ChatReply reply) => new()
    {
        PromptHash = promptHash,
        Model = options.Model,
        ModelVersion = options.ModelVersion,
        Sample = sample,
        Settings = Settings(options, epoch),
        Answer = reply.Text,
        FinishReason = reply.FinishReason,
        Refused = reply.Refused,
        Values = Read(reply, count, options.Answers),
        Usage = reply.Usage,
        At = DateTimeOffset.UnixEpoch,
    };

    private async Task<GroupLabels> LabelAsync(int count, Func<List<int>, Prompt> ask, LabelRun run, CancellationToken cancellationToken)
    {
        var labels = new double?[count];
        var tally = new LabelTally();
        var open = Enumerable.Range(0, count).ToList();
        string? reason = null;
        for (var (round, sample) = (0, 0); round < options.Samples; round++)
        {
            var question = Question(ask(open), open.Count, sample, run);
            var (entry, bought) = await AnswerAsync(question, run, cancellationToken);
            if (entry is null)
                return new GroupLabels(labels, tally with { Unpaid = tally.Unpaid + open.Count },
                    "the limit on money is reached") { Open = question };
            tally = tally.With(entry, bought, run.Since);
            for (var i = 0; i < open.Count; i++) labels[open[i]] = entry.Values[i].Value;
            reason = entry.Values.FirstOrDefault(v => v.Value is null).Reason ?? reason;
            var left = open.FindAll(i => labels[i] is null);
            if (left.Count == 0) return new GroupLabels(labels, tally, null);
            sample = left.Count == open.Count ? sample + 1 : 0;
            open = left;
        }

        return new GroupLabels(labels, tally with { Unanswered = open.Count, Trouble = reason }, reason);
    }

    private Task<GroupLabels> LookAsync(
        IReadOnlyList<Architecture> architectures, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken) =>
        LabelAsync(architectures, prompts, run with { LookOnly = true }, cancellationToken);

    private OpenQuestion Question(Prompt prompt, int count, int sample, LabelRun run)
    {
        var hash = LedgerEntry.HashOf(prompt);
        return new OpenQuestion(prompt, hash, count, sample,
            LedgerEntry.KeyOf(hash, options.Model, options.ModelVersion, sample, Settings(options, run.Epoch)));
    }

    private async Task<(LedgerEntry? Entry, bool Bought)> AnswerAsync(
        OpenQuestion question, LabelRun run, CancellationToken cancellationToken)
    {
        if (ledger is null) return run.LookOnly ? (null, false) : (await BuyAsync(question, run, cancellationToken), true);
        if (run.LookOnly) return (await ledger.TryGetAsync(question.Key, cancellationToken), false);
        return await ledger.GetOrBuyAsync(question.Key, () => BuyAsync(question, run, cancellationToken), cancellationToken);
    }

    private async Task<LedgerEntry?> BuyAsync(OpenQuestion question, LabelRun run, CancellationToken cancellationToken)
    {
        var (prompt, hash, count, sample, _) = question;
        if (options.Offline)
            throw new LabelException($"Llm__Offline is set, and the answer to prompt {hash}, sample {sample}, is not in the ledger.");
        if (!run.Allowance.TryReserve(prompt, options.TokenLimit(count), out var reserved)) return null;
        LedgerEntry? entry = null;
        try
        {
            var (reply, took) = await asker.AskAsync(prompt, count, run.Troubles, cancellationToken);
            entry = Entry(options, hash, count, sample, run.Epoch, reply) with
            {
                Usd = prices.Price?.Of(reply.Usage),
                Milliseconds = Math.Round(took.TotalMilliseconds, 1),
                At = time.GetUtcNow(),
            };
            return entry;
        }
        finally
        {
            run.Allowance.Settle(reserved, entry?.Usd ?? 0, prompt, entry?.Usage ?? default);
        }
    }

    // What was cut off may end in the first digits of a number: its last answer cannot be trusted.
    private static IReadOnlyList<ParsedAnswer> Read(ChatReply reply, int count, AnswerForm form)
    {
        if (reply.Refused) return [.. Enumerable.Repeat(new ParsedAnswer(null, "the model refused"), count)];
        var text = reply.FinishReason == "length" && form == AnswerForm.Text
            ? reply.Text[..(reply.Text.LastIndexOf('\n') + 1)] : reply.Text;
        var answers = AnswerReader.Read(text, count, form);
        return reply.FinishReason != "length" ? answers
            : [.. answers.Select(a => a.Value is null ? new ParsedAnswer(null, "the answer was cut off at the token limit") : a)];
    }
}

/// <summary>What all questions of one activity have in common.</summary>
/// <param name="Allowance">What may be spent.</param>
/// <param name="Epoch">Distinguishes distillations that ask the same anew; empty normally.</param>
/// <param name="Since">When the distillation began.</param>
public sealed record LabelRun(Allowance Allowance, string Epoch, DateTimeOffset Since)
{
    /// <summary>Attempts that came to nothing.</summary>
    public CallTroubles Troubles { get; } = new();

    /// <summary>Whether the ledger is only looked at.</summary>
    public bool LookOnly { get; init; }
}

/// <summary>Labels of a group.</summary>
/// <param name="Bleu">One for each architecture; null where there is none.</param>
/// <param name="Tally">What they took.</param>
/// <param name="Reason">Why one is missing; null where none is.</param>
public sealed record GroupLabels(IReadOnlyList<double?> Bleu, LabelTally Tally, string? Reason)
{
    /// <summary>The question that was not asked; null where none is left.</summary>
    public OpenQuestion? Open { get; init; }
}

/// <summary>A question that the ledger may lack.</summary>
/// <param name="Prompt">What is asked.</param>
/// <param name="Hash">Of the prompt.</param>
/// <param name="Count">Architectures asked about.</param>
/// <param name="Sample">Sample index.</param>
/// <param name="Key">The ledger's key.</param>
public sealed record OpenQuestion(Prompt Prompt, string Hash, int Count, int Sample, string Key);
