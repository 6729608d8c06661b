using HsNas.FunctionsRuntime.Tests;
using HsNas.Llm.Asking;

namespace HsNas.Functions.Tests.Llm;

public sealed class AdaptiveConcurrencyTests
{
    private readonly ManualTime _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task No_more_than_the_limit_are_in_and_a_leaving_one_lets_the_next_in()
    {
        var concurrency = new AdaptiveConcurrency(2, _time);
        await concurrency.EnterAsync(CancellationToken.None);
        await concurrency.EnterAsync(CancellationToken.None);
        var third = concurrency.EnterAsync(CancellationToken.None);
        Assert.False(third.IsCompleted);

        concurrency.Leave();
        await third;
    }

    [Fact]
    public void A_refusal_halves_the_limit_once_a_pause_and_served_calls_raise_it_slowly()
    {
        var concurrency = new AdaptiveConcurrency(16, _time);
        for (var i = 0; i < 5; i++) concurrency.Refused(TimeSpan.FromSeconds(2));
        Assert.Equal(8, concurrency.Limit);

        _time.Advance(TimeSpan.FromSeconds(3));
        concurrency.Refused(TimeSpan.FromSeconds(2));
        Assert.Equal(4, concurrency.Limit);

        for (var i = 0; i < 5; i++) concurrency.Served();
        Assert.Equal(5, concurrency.Limit);
        for (var i = 0; i < 1000; i++) concurrency.Served();
        Assert.Equal(16, concurrency.Limit);
    }

    [Fact]
    public async Task Nobody_starts_while_the_server_asks_to_wait()
    {
        var concurrency = new AdaptiveConcurrency(4, _time);
        concurrency.Refused(TimeSpan.FromSeconds(10));
        var entering = concurrency.EnterAsync(CancellationToken.None);

        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.False(entering.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(2));
        await entering;
    }

    [Fact]
    public async Task Who_gives_up_waiting_takes_no_place()
    {
        var concurrency = new AdaptiveConcurrency(1, _time);
        await concurrency.EnterAsync(CancellationToken.None);
        using var impatient = new CancellationTokenSource();
        var second = concurrency.EnterAsync(impatient.Token);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        concurrency.Leave();
        await concurrency.EnterAsync(CancellationToken.None);
    }
}
