using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Tests.Screens;

public class PlainScreenTests
{
    private readonly HurryingTime _time = new();
    private readonly TextConsole _console = new();

    [Fact]
    public void A_stage_is_one_line_when_it_is_over()
    {
        var screen = new PlainScreen(_console.Console, _time);

        for (var done = 0; done < 100; done += 10)
        {
            screen.Show(Running(done));
            _time.Advance(TimeSpan.FromSeconds(2));
        }

        var end = Samples.Status(
            "Running", Samples.Stage(SearchStages.Supernet, StageState.Done, 100, 100, "steps", "loss 4.5", seconds: 5));
        screen.Show(end);
        screen.Show(end);

        Assert.Equal(["[   20 s] Supernet training       done  5.0 s  loss 4.5"], _console.Lines);
    }

    [Fact]
    public void A_log_says_what_is_running_after_a_minute_without_a_line()
    {
        var screen = new PlainScreen(_console.Console, _time);

        for (var done = 0; done < 100; done += 10)
        {
            screen.Show(Running(done));
            _time.Advance(TimeSpan.FromSeconds(20));
        }

        Assert.Equal(
            [
                "[   60 s] Supernet training       30/100 steps", "[  120 s] Supernet training       60/100 steps",
                "[  180 s] Supernet training       90/100 steps",
            ],
            _console.Lines);
    }

    [Fact]
    public void A_failed_search_does_not_list_what_it_never_reached()
    {
        var screen = new PlainScreen(_console.Console, _time);

        screen.Show(
            Samples.Status("Failed", Samples.Stage(SearchStages.Resolve, StageState.Stopped),
                Samples.Stage(SearchStages.Supernet, StageState.Skipped)));

        Assert.Equal(["[    0 s] Check the request       stopped"], _console.Lines);
    }

    [Fact]
    public void An_app_that_is_away_is_told_every_few_seconds()
    {
        var screen = new PlainScreen(_console.Console, _time);
        for (var i = 0; i < 10; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            screen.ShowTrouble("No answer.");
        }

        Assert.Equal(["[    5 s] No answer.", "[   10 s] No answer."], _console.Lines);
    }

    private static SearchStatus Running(long done) =>
        Samples.Status("Running", Samples.Stage(SearchStages.Supernet, StageState.Running, done, 100, "steps"));
}
