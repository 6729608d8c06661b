using System.Text.Json;
using System.Text.Json.Nodes;
using HsNas.Contracts;
using HsNas.Kernel;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Llm.Labelling;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Functions.Distillation.Batches;

/// <summary>
/// Asks what the ledger lacks as one batch of the provider, and takes its answers into the ledger, from where labelling
/// goes on as ever. A batch is created once for its fingerprint, and its answers are taken once.
/// </summary>
public sealed class BatchLabeller(
    LlmOptions options, ChatLabeller labeller, LabelLedger ledger, BatchApi api, LlmPrices prices, IArtifactStore store, TimeProvider time)
{
    // Below what providers take in a file: 50,000 lines, 200 MB.
    private const int MostQuestions = 50_000;
    private const long MostBytes = 150_000_000;

    // Batches end after a day; older ones need not be looked through.
    private static readonly TimeSpan Lookback = TimeSpan.FromDays(2);

    /// <summary>
    /// The batch that asks what is missing: the one that an earlier attempt created, whose answers nobody took yet, or a new one
    /// with as many questions as the run's allowance covers at their worst. Null where there is nothing to ask, or no money.
    /// </summary>
    /// <param name="folder">Where the batches of this distillation are noted, for example "task/fingerprint"; also their name at
    /// the provider.</param>
    /// <param name="groups">Architectures, a call each.</param>
    /// <param name="prompts">Renders the questions.</param>
    /// <param name="run">Money, epoch and start of the distillation.</param>
    /// <param name="cancellationToken">Stops; what was created is found again.</param>
    /// <exception cref="LabelException">The endpoint takes no batches.</exception>
    public async Task<BatchTicket?> SubmitAsync(
        string folder, IReadOnlyList<Architecture[]> groups, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken)
    {
        if (options.Offline) return null;
        var (number, path) = (0, BlobLayout.ProviderBatch(folder, 0));
        while (await store.TryReadJsonAsync<BatchTicket>(path, cancellationToken) is { } ticket)
        {
            if (!ticket.Taken) return ticket;
            path = BlobLayout.ProviderBatch(folder, ++number);
        }

        // Created but not noted, where the process ended in between.
        var fingerprint = $"{folder}/{number}";
        if (await api.TryFindAsync(fingerprint, time.GetUtcNow() - Lookback, cancellationToken) is not { } batch)
        {
            using var lines = new MemoryStream();
            if (await WriteAsync(lines, groups, prompts, run, cancellationToken) == 0) return null;
            lines.Position = 0;
            var file = await api.UploadAsync(lines, $"{Hashing.Fingerprint(fingerprint)}.jsonl", cancellationToken);
            batch = await api.CreateAsync(file, fingerprint, cancellationToken);
        }

        var created = new BatchTicket(batch.Id, folder, number, batch.CreatedAt);
        // It exists and will be paid for: noted even if nobody waits any more.
        await store.WriteJsonAsync(path, created, CancellationToken.None);
        return created;
    }

    /// <summary>State of a batch.</summary>
    public Task<BatchState> CheckAsync(BatchTicket ticket, CancellationToken cancellationToken) =>
        api.GetAsync(ticket.Id, cancellationToken);

    /// <summary>
    /// Takes all answers of an ended batch into the ledger, at the batch price; those it holds already stay as they are. How many
    /// the batch gave.
    /// </summary>
    public async Task<int> TakeAsync(
        BatchTicket ticket, IReadOnlyList<Architecture[]> groups, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken)
    {
        var state = await api.GetAsync(ticket.Id, cancellationToken);
        var taken = 0;
        if (state.OutputFileId is { } output)
        {
            var questions = await MissingAsync(groups, prompts, run, cancellationToken);
            foreach (var line in await api.LinesAsync(output, cancellationToken))
            {
                if (Read(line) is not var (key, reply)) continue;
                taken++;
                if (!questions.TryGetValue(key, out var question) || await ledger.TryGetAsync(key, cancellationToken) is not null) continue;
                var entry = ChatLabeller.Entry(options, question.Hash, question.Count, question.Sample, run.Epoch, reply) with
                {
                    Usd = prices.Price?.Of(reply.Usage, batch: true),
                    At = time.GetUtcNow(),
                };
                await ledger.AddAsync(entry, cancellationToken);
            }
        }

        await store.WriteJsonAsync(BlobLayout.ProviderBatch(ticket.Folder, ticket.Number), ticket with { Taken = true }, cancellationToken);
        return taken;
    }

    private async Task<int> WriteAsync(
        Stream lines, IReadOnlyList<Architecture[]> groups, PromptBuilder prompts, LabelRun run, CancellationToken cancellationToken)
    {
        var count = 0;
        foreach (var question in (await MissingAsync(groups, prompts, run, cancellationToken)).Values)
        {
            if (count == MostQuestions || lines.Length > MostBytes
                || !run.Allowance.TryReserve(question.Prompt, options.TokenLimit(question.Count), out _))
                break;
            var line = new JsonObject
            {
                ["custom_id"] = question.Key,
                ["method"] = "POST",
                ["url"] = "/v1/chat/completions",
                ["body"] = ChatRequestBody.Create(options, question.Prompt, question.Count),
            };
            await lines.WriteAsync(JsonSerializer.SerializeToUtf8Bytes(line), cancellationToken);
            lines.WriteByte((byte)'\n');
            count++;
        }

        return count;
    }

    private async Task<Dictionary<string,
        OpenQuestion>> MissingAsync(IReadOnlyList<Architecture[]> groups, PromptBuilder prompts, LabelRun run,
        CancellationToken cancellationToken)
    {
        var found = new OpenQuestion?[groups.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.Concurrency, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, groups.Count, parallel, async (i, token) =>
            found[i] = await labeller.TryGetOpenAsync(groups[i], prompts, run, token));
        return found.OfType<OpenQuestion>().DistinctBy(q => q.Key, StringComparer.Ordinal).ToDictionary(q => q.Key, StringComparer.Ordinal);
    }

    // A line that is no answer leaves its question open, to be asked again.
    private static (string Key, ChatReply Reply)? Read(string line)
    {
        try
        {
            using var document = JsonDocument.Parse(line);
            var response = document.RootElement.GetProperty("response");
            return response.ValueKind == JsonValueKind.Object && response.GetProperty("status_code").GetInt32() == 200
                ? (document.RootElement.GetProperty("custom_id").GetString()!, ChatReply.Read(response.GetProperty("body")))
                : null;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }
}
