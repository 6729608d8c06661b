using System.ClientModel;
using System.Text.Json;
using HsNas.Kernel.Stores;
using HsNas.Llm;
using HsNas.Llm.Asking;
using HsNas.Llm.Labelling;
using HsNas.Predictors.LanguageModels;
using HsNas.Predictors.Prompting;
using Polly.Timeout;

namespace HsNas.Cli.Predictors;

/// <summary>
/// The model that one command asks, as the function app asks it: one limit on money and one account, whatever it asks for.
/// Safe for concurrent use.
/// </summary>
internal sealed class EndpointModel
{
    /// <summary>The option that sets the limit.</summary>
    public const string LimitOption = "--max-cost-usd";

    private readonly Lock _lock = new();
    private readonly ChatLabeller _labeller;
    private readonly LabelRun _run;
    private readonly LlmPrices _prices;
    private readonly decimal? _mostUsd;
    private LabelTally _tally = new();

    /// <summary>A model that nothing was asked yet.</summary>
    /// <param name="options">Which, and how it is asked; validated.</param>
    /// <param name="ledger">Where bought answers are looked up and kept; null: nowhere.</param>
    /// <param name="mostUsd">Most that may be spent, US dollars; null for no limit.</param>
    /// <param name="time">Clock.</param>
    /// <exception cref="LabelUnavailableException">A limit, and no price to keep it with.</exception>
    public EndpointModel(LlmOptions options, IArtifactStore? ledger, decimal? mostUsd, TimeProvider time)
    {
        (Options, _mostUsd, _prices) = (options, mostUsd, new LlmPrices(options));
        if (mostUsd is { } most && _prices.Unknown is { } unknown) throw new LabelUnavailableException($"{LimitOption} {most} {unknown}");
        _labeller = new ChatLabeller(options, ledger is null ? null : new LabelLedger(ledger), new ChatAsker(options, time), _prices, time);
        _run = new LabelRun(_prices.Allow(mostUsd), "", time.GetUtcNow());
    }

    /// <summary>Which model, and how it is asked.</summary>
    public LlmOptions Options { get; }

    /// <summary>What was spent and on what, in words.</summary>
    public string Account
    {
        get
        {
            lock (_lock)
            {
                var words = SpendText.Note(Bought, _mostUsd);
                return $"{Options.Model}: {words}; {_tally.Calls - _tally.Bought:N0} questions were answered by the ledger.";
            }
        }
    }

    // Of all answers, those that this command paid for.
    private LabelTally Bought => _tally with
    {
        Calls = _tally.Bought,
        SpentUsd = _run.Allowance.Spent,
        Unpriced = _prices.Price is null && _tally.Bought > 0 ? 1 : 0,
        Throttled = _run.Troubles.Throttled,
        Failed = _run.Troubles.Failed,
    };

    /// <summary>A source of labels.</summary>
    /// <param name="sample">Which of several answers to the same prompts.</param>
    public EndpointLabels Source(int sample) => new(this, sample);

    /// <summary>Why nothing more is asked, once the limit is reached and no call is in flight any more.</summary>
    public LabelUnavailableException LimitReached
    {
        get
        {
            lock (_lock)
            {
                return new LabelUnavailableException(
                    SpendText.LimitReached(LimitOption, _mostUsd!.Value, $"{_tally.Bought:N0} answers were bought", _run.Allowance.Spent)
                    + " They are in the ledger: the same command finds them paid for and goes on from there.");
            }
        }
    }

    /// <summary>BLEU of the architecture that a prompt asks about; null where the limit on money is reached.</summary>
    /// <param name="prompt">The prompt.</param>
    /// <param name="epoch">Distinguishes several answers to the same prompt; empty for the first.</param>
    /// <param name="cancellationToken">Stops asking.</param>
    /// <exception cref="LabelUnavailableException">The model gives no usable answer.</exception>
    public async Task<double?> AskAsync(Prompt prompt, string epoch, CancellationToken cancellationToken)
    {
        var labels = await LabelAsync(prompt, epoch, cancellationToken);
        lock (_lock) _tally += labels.Tally;
        return labels.Tally.Unanswered == 0 ? labels.Bleu[0]
            : throw new LabelUnavailableException(
                $"{Options.Model} gave no usable answer in {Options.Samples} attempts; the last: {labels.Reason}.");
    }

    private async Task<GroupLabels> LabelAsync(Prompt prompt, string epoch, CancellationToken cancellationToken)
    {
        try
        {
            return await _labeller.LabelAsync(prompt, _run with { Epoch = epoch }, cancellationToken);
        }
        catch (LabelException e)
        {
            throw new LabelUnavailableException(e.Message, e);
        }
        catch (ClientResultException e) when (e.Status > 0)
        {
            throw new LabelUnavailableException($"{Options.Model} refused with status {e.Status}: {e.Message}", e);
        }
        catch (Exception e) when (
            e is ClientResultException or HttpRequestException or IOException or AggregateException or TimeoutRejectedException)
        {
            throw new LabelUnavailableException($"{Options.Model} cannot be reached: {e.GetBaseException().Message}", e);
        }
        catch (JsonException e)
        {
            throw new LabelUnavailableException($"{Options.Model} answers with something else than a chat completion: {e.Message}", e);
        }
    }
}
