using System.ClientModel;
using System.ClientModel.Primitives;
using Azure.Identity;
using HsNas.Shared.Prompting;
using OpenAI;
using OpenAI.Chat;

namespace HsNas.Functions.Llm;

/// <summary>
/// Asks the model for one architecture's BLEU. Answers come from the ledger where they were bought before, and go there
/// before they are used. Network faults, 429 and 5xx are retried by the SDK with its back-off; an answer that is no number
/// is asked again as the next sample, a bounded number of times.
/// </summary>
internal sealed class ChatLabeller
{
    private readonly LlmOptions _options;
    private readonly LabelLedger _ledger;
    private readonly TimeProvider _time;
    private readonly Lazy<ChatClient> _client;

    public ChatLabeller(LlmOptions options, LabelLedger ledger, TimeProvider time)
    {
        (_options, _ledger, _time) = (options, ledger, time);
        _client = new Lazy<ChatClient>(CreateClient);
    }

    /// <summary>The model's name, as reports show it.</summary>
    public string Model => _options.Model;

    /// <summary>The label of the prompt's architecture.</summary>
    /// <exception cref="LabelException">No sample was a number; the last reason is given.</exception>
    public async Task<Label> LabelAsync(Prompt prompt, CancellationToken cancellationToken)
    {
        string? reason = null;
        var (bought, promptTokens, completionTokens) = (0, 0, 0);
        for (var sample = 0; sample < _options.Samples; sample++)
        {
            var (key, index) = (LabelLedger.Key(prompt.Text, _options, sample), sample);
            var (entry, isNew) = await _ledger.GetOrBuyAsync(key, () => AskAsync(prompt, index, cancellationToken), cancellationToken);
            bought += isNew ? 1 : 0;
            promptTokens += entry.PromptTokens;
            completionTokens += entry.CompletionTokens;
            if (entry.Value is { } value) return new Label(value, sample + 1, bought, promptTokens, completionTokens);
            reason = entry.Reason;
        }

        throw new LabelException($"The model gave no usable answer in {_options.Samples} samples: {reason}");
    }

    private async Task<LedgerEntry> AskAsync(Prompt prompt, int sample, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        var completion = (await _client.Value.CompleteChatAsync(
            [new UserChatMessage(prompt.Text)], new ChatCompletionOptions { MaxOutputTokenCount = _options.MaxOutputTokens }, cancellationToken)).Value;
        var answer = string.Concat(completion.Content.Select(part => part.Text));
        var parsed = AnswerParser.Parse(answer);
        return new LedgerEntry(_options.Model, _options.ModelVersion, sample, answer, parsed.Value, parsed.Reason,
            completion.Usage?.InputTokenCount ?? 0, completion.Usage?.OutputTokenCount ?? 0,
            _time.GetElapsedTime(start).TotalMilliseconds, _time.GetUtcNow());
    }

    private ChatClient CreateClient()
    {
        var options = new OpenAIClientOptions { NetworkTimeout = _options.Timeout, RetryPolicy = new ClientRetryPolicy(maxRetries: 6) };
        if (_options.Endpoint.Length > 0) options.Endpoint = new Uri(_options.Endpoint);
        return _options.ApiKey.Length > 0
            ? new ChatClient(_options.Model, new ApiKeyCredential(_options.ApiKey), options)
#pragma warning disable OPENAI001 // The SDK's only way to use Entra ID; marked as under evaluation since it appeared.
            : new ChatClient(_options.Model, new BearerTokenPolicy(new DefaultAzureCredential(), _options.Scope), options);
#pragma warning restore OPENAI001
    }
}

/// <summary>A label and what it cost this time.</summary>
/// <param name="Bleu">Predicted BLEU.</param>
/// <param name="Calls">Answers it took, unusable ones included.</param>
/// <param name="Bought">Calls made now; 0 where the ledger knew.</param>
/// <param name="PromptTokens">Tokens of all these answers.</param>
/// <param name="CompletionTokens">Tokens of all these answers.</param>
internal sealed record Label(double Bleu, int Calls, int Bought, int PromptTokens, int CompletionTokens);

/// <summary>The model cannot be made to answer.</summary>
public sealed class LabelException(string message) : Exception(message);
