namespace HsNas.Llm.Asking;

/// <summary>
/// How many calls are in flight: at most the configured number, half of it after a refusal to serve more, then slowly more
/// again (additive increase, multiplicative decrease). While the server asks to wait, nobody starts a call. Safe for concurrent use.
/// </summary>
internal sealed class AdaptiveConcurrency(int most, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Queue<TaskCompletionSource> _waiting = new();
    private double _limit = most;
    private int _inFlight;
    private DateTimeOffset _pausedUntil;

    /// <summary>Calls that may be in flight now.</summary>
    public int Limit
    {
        get
        {
            lock (_lock) return (int)_limit;
        }
    }

    /// <summary>Waits for a place; <see cref="Leave"/> gives it back.</summary>
    public async Task EnterAsync(CancellationToken cancellationToken)
    {
        await PlaceAsync(cancellationToken);
        try
        {
            while (Pause() is { } pause) await Task.Delay(pause, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Leave();
            throw;
        }
    }

    /// <summary>Gives a place back.</summary>
    public void Leave()
    {
        lock (_lock)
        {
            _inFlight--;
            Admit();
        }
    }

    /// <summary>A call was served.</summary>
    public void Served()
    {
        lock (_lock)
        {
            _limit = Math.Min(most, _limit + (1 / _limit));
            Admit();
        }
    }

    /// <summary>The server asked for less. Calls refused during the pause that one of them began count as one refusal.</summary>
    public void Refused(TimeSpan wait)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now >= _pausedUntil) _limit = Math.Max(1, _limit / 2);
            if (now + wait > _pausedUntil) _pausedUntil = now + wait;
        }
    }

    private Task PlaceAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_inFlight < (int)_limit)
            {
                _inFlight++;
                return Task.CompletedTask;
            }

            place = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Enqueue(place);
        }

        return place.Task.IsCompleted ? place.Task : WaitAsync(place, cancellationToken);
    }

    private static async Task WaitAsync(TaskCompletionSource place, CancellationToken cancellationToken)
    {
        await using var _ = cancellationToken.Register(() => place.TrySetCanceled(cancellationToken));
        await place.Task;
    }

    private TimeSpan? Pause()
    {
        lock (_lock) return _pausedUntil - time.GetUtcNow() is { Ticks: > 0 } left ? left : null;
    }

    private void Admit()
    {
        while (_inFlight < (int)_limit && _waiting.TryDequeue(out var next))
            if (next.TrySetResult()) _inFlight++;
    }
}
