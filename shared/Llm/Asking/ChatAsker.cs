using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using HsNas.Predictors.Prompting;
using OpenAI.Chat;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace HsNas.Llm.Asking;

/// <summary>
/// Makes one call as often as it takes: bounded retries with exponential back-off and jitter, or as long as the server asks to
/// wait; a deadline for each attempt and for all; fewer calls at once after a 429. Safe for concurrent use.
/// </summary>
public sealed class ChatAsker
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(30);

    private readonly LlmOptions _options;
    private readonly TimeProvider _time;
    private readonly Lazy<ChatClient> _client;
    private readonly AdaptiveConcurrency _concurrency;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>An asker; it opens its client with the first question.</summary>
    public ChatAsker(LlmOptions options, TimeProvider time)
    {
        (_options, _time) = (options, time);
        _client = new Lazy<ChatClient>(() => LlmClients.Create(options).GetChatClient(options.Model));
        _concurrency = new AdaptiveConcurrency(options.Concurrency, time);
        _pipeline = Pipeline();
    }

    /// <summary>
    /// Asks about <paramref name="count"/> architectures, counting attempts that come to nothing in <paramref name="troubles"/>;
    /// returns the reply and how long the attempt took that gave it.
    /// </summary>
    /// <param name="prompt">The question.</param>
    /// <param name="count">Architectures it is about.</param>
    /// <param name="troubles">Counts attempts that come to nothing.</param>
    /// <param name="cancellationToken">No further attempt begins. One that has begun is awaited: the provider is paid for it
    /// whether anybody listens or not.</param>
    /// <exception cref="ClientResultException">The server refuses for good, or for longer than retries go on.</exception>
    /// <exception cref="TimeoutRejectedException">No answer came before <see cref="LlmOptions.Deadline"/>.</exception>
    public async Task<(ChatReply Reply, TimeSpan Took)> AskAsync(
        Prompt prompt, int count, CallTroubles troubles, CancellationToken cancellationToken)
    {
        var body = BinaryData.FromString(ChatRequestBody.Create(_options, prompt, count).ToJsonString());
        using var deadline = new CancellationTokenSource(_options.Deadline, _time);
        using var begin = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await _pipeline.ExecuteAsync(async token => await AttemptAsync(body, troubles, token, deadline.Token), begin.Token);
        }
        catch (OperationCanceledException e) when (deadline.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutRejectedException($"The model gave no answer within {_options.Deadline}.", _options.Deadline, e);
        }
    }

    private async Task<(ChatReply, TimeSpan)> AttemptAsync(
        BinaryData body, CallTroubles troubles, CancellationToken begin, CancellationToken deadline)
    {
        await _concurrency.EnterAsync(begin);
        try
        {
            begin.ThrowIfCancellationRequested();
            var start = _time.GetTimestamp();
            using var timeout = new CancellationTokenSource(_options.Timeout, _time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, deadline);
            var reply = await CallAsync(body, troubles, end.Token);
            _concurrency.Served();
            return (reply, _time.GetElapsedTime(start));
        }
        finally
        {
            _concurrency.Leave();
        }
    }

    private async Task<ChatReply> CallAsync(BinaryData body, CallTroubles troubles, CancellationToken end)
    {
        try
        {
            using var content = BinaryContent.Create(body);
            var result = await _client.Value.CompleteChatAsync(content, new RequestOptions { CancellationToken = end });
            using var document = JsonDocument.Parse(result.GetRawResponse().Content);
            return ChatReply.Read(document.RootElement);
        }
        catch (ClientResultException e) when (CallFailures.IsFiltered(e))
        {
            return ChatReply.Filtered(e.Message);
        }
        catch (ClientResultException e) when (e.Status == 429)
        {
            troubles.AddThrottled();
            _concurrency.Refused(CallFailures.Wait(e, _time) ?? FirstDelay);
            throw;
        }
        catch (OperationCanceledException e) when (end.IsCancellationRequested)
        {
            troubles.AddFailed();
            throw new TimeoutRejectedException($"The model did not answer within {_options.Timeout}.", _options.Timeout, e);
        }
        catch (Exception e) when (CallFailures.MayPass(e))
        {
            troubles.AddFailed();
            throw;
        }
    }

    private ResiliencePipeline Pipeline() => new ResiliencePipelineBuilder { TimeProvider = _time }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = _options.Retries,
            Delay = FirstDelay,
            MaxDelay = LongestDelay,
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } e && CallFailures.MayPass(e)),
            DelayGenerator = arguments => ValueTask.FromResult(arguments.Outcome.Exception is { } e ? CallFailures.Wait(e, _time) : null),
        })
        .Build();
}

/// <summary>Counts attempts that came to nothing. Safe for concurrent use.</summary>
public sealed class CallTroubles
{
    private int _throttled;
    private int _failed;

    /// <summary>Attempts that the server refused with 429.</summary>
    public int Throttled => _throttled;

    /// <summary>Attempts that failed otherwise.</summary>
    public int Failed => _failed;

    /// <summary>One more 429.</summary>
    public void AddThrottled() => Interlocked.Increment(ref _throttled);

    /// <summary>One more failure.</summary>
    public void AddFailed() => Interlocked.Increment(ref _failed);
}
