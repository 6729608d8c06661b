using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using HsNas.Shared.Messaging;
using HsNas.Shared.Predictors.LanguageModels;
using HsNas.Shared.Pricing;
using HsNas.Shared.Prompting;
using OpenAI;
using OpenAI.Chat;

namespace HsNas.Cli.Predictors;

/// <summary>
/// Answers of an OpenAI-compatible endpoint, one call a prompt, in the paper's form. Bought answers are looked up in the
/// ledger first and go there before they are used.
/// </summary>
internal sealed class EndpointLabels : ILabelSource
{
    private const int SideBySide = 4;
    private const int Attempts = 8;
    private const int AnswerTokens = 25;

    private readonly ChatClient _client;
    private readonly string _model;
    private readonly string _settings;
    private readonly IArtifactStore? _ledger;

    /// <summary>A source.</summary>
    /// <param name="address">Base address, ending in /v1.</param>
    /// <param name="model">Model or deployment.</param>
    /// <param name="key">API key; empty for servers without keys.</param>
    /// <param name="sample">Which of several answers to the same prompt.</param>
    /// <param name="ledger">Where answers are kept; null: nowhere.</param>
    /// <param name="http">Carries the calls; null for a client of the SDK's own.</param>
    public EndpointLabels(Uri address, string model, string key, int sample, IArtifactStore? ledger, HttpClient? http = null)
    {
        var options = new OpenAIClientOptions { Endpoint = address, RetryPolicy = new ClientRetryPolicy(maxRetries: Attempts) };
        if (http is not null) options.Transport = new HttpClientPipelineTransport(http);
        // The SDK wants a key; servers without keys ignore it.
        _client = new OpenAIClient(new ApiKeyCredential(key.Length > 0 ? key : "none"), options).GetChatClient(model);
        (_model, _ledger) = (model, ledger);
        _settings = sample == 0 ? "" : $"repeat={sample}";
        Fingerprint = $"{model} {_settings}".Trim();
    }

    /// <inheritdoc/>
    public string Fingerprint { get; }

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<double>> LabelAsync(IReadOnlyList<Prompt> prompts, CancellationToken cancellationToken = default)
    {
        var values = new double[prompts.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = SideBySide, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, prompts.Count, options, async (i, token) => values[i] = await AnswerAsync(prompts[i], token));
        return values;
    }

    private async Task<double> AnswerAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        var reason = "";
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var entry = await EntryAsync(prompt, attempt, cancellationToken);
            if (entry.Values[0].Value is { } value) return value;
            reason = entry.Values[0].Reason;
        }

        throw new LabelUnavailableException($"{_model} gave no usable answer in {Attempts} attempts; the last: {reason}.");
    }

    private async Task<LedgerEntry> EntryAsync(Prompt prompt, int attempt, CancellationToken cancellationToken)
    {
        const string Version = "1";
        var hash = LedgerEntry.HashOf(prompt);
        var path = BlobLayout.LedgerEntry(LedgerEntry.KeyOf(hash, _model, Version, attempt, _settings));
        if (_ledger is not null && await _ledger.TryReadJsonAsync<LedgerEntry>(path, cancellationToken) is { } known) return known;
        var (text, finish, usage) = await AskAsync(prompt, cancellationToken);
        var entry = new LedgerEntry
        {
            PromptHash = hash, Model = _model, ModelVersion = Version, Sample = attempt, Settings = _settings,
            Answer = text, FinishReason = finish, Values = [AnswerParser.Parse(text)], Usage = usage, At = TimeProvider.System.GetUtcNow(),
        };
        // Once paid for, an answer is kept, whoever has lost interest meanwhile.
        if (_ledger is not null) await _ledger.TryCreateAsync(path, JsonSerializer.SerializeToUtf8Bytes(entry, Json.Options), CancellationToken.None);
        return entry;
    }

    private async Task<(string Text, string Finish, TokenUsage Usage)> AskAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        try
        {
            var options = new ChatCompletionOptions { MaxOutputTokenCount = AnswerTokens };
            ChatCompletion completion = await _client.CompleteChatAsync([new UserChatMessage(prompt.Text)], options, cancellationToken);
            var usage = completion.Usage;
            return (string.Concat(completion.Content.Select(p => p.Text)), $"{completion.FinishReason}", usage is null ? default
                : new TokenUsage(usage.InputTokenCount, usage.InputTokenDetails?.CachedTokenCount ?? 0, usage.OutputTokenCount, usage.OutputTokenDetails?.ReasoningTokenCount ?? 0));
        }
        catch (ClientResultException e)
        {
            throw new LabelUnavailableException($"{_model} refused with status {e.Status}: {e.Message}", e);
        }
        catch (Exception e) when (e is HttpRequestException or AggregateException)
        {
            throw new LabelUnavailableException($"{_model} cannot be reached: {e.GetBaseException().Message}", e);
        }
    }
}
