using HsNas.Simulation.Engine;

namespace HsNas.Simulation.Tests;

public class EngineTests
{
    [Fact]
    public void Delays_EndInTheOrderOfTheirTimes()
    {
        var time = new SimulatedTime();
        var ended = new List<(string, double)>();

        time.Run(() => _ = Task.WhenAll(WaitAsync("late", 3), WaitAsync("early", 1), WaitAsync("at the same time, asked later", 1)));

        Assert.Equal([("early", 1), ("at the same time, asked later", 1), ("late", 3)], ended);

        async Task WaitAsync(string name, double seconds)
        {
            await time.DelayAsync(seconds);
            ended.Add((name, time.Now));
        }
    }

    [Theory]
    [InlineData(1, 30)]
    [InlineData(2, 20)]
    [InlineData(3, 10)]
    public void Servers_TakeThreeJobsOfTenSecondsOneAfterTheOtherOnEach(int count, double end)
    {
        var time = new SimulatedTime();
        var servers = new Servers(time, count);

        time.Run(() => _ = Task.WhenAll(servers.UseAsync(10), servers.UseAsync(10), servers.UseAsync(10)));

        Assert.Equal((end, 30), (time.Now, servers.Busy));
    }

    [Fact]
    public void SharedWork_IsDoneOnceAndAwaitedByAll()
    {
        var (time, done, ended) = (new SimulatedTime(), 0, 0);
        var shared = new Shared();

        time.Run(() => _ = Task.WhenAll(AskAsync(), AskAsync(), AskAsync()));

        Assert.Equal((1, 3, 5), (done, ended, time.Now));

        async Task AskAsync()
        {
            await shared.OnceAsync("supernet", WorkAsync);
            ended++;
        }

        async Task WorkAsync()
        {
            await time.DelayAsync(5);
            done++;
        }
    }
}
