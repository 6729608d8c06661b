using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Tests.Screens;

public class PlainScreenTests
{
    private readonly HurryingTime _time = new();
    private readonly TextConsole _console = new();

    [Fact]
    public void Changes_of_state_are_told_at_once_and_progress_every_few_seconds()
    {
        var screen = new PlainScreen(_console.Console, _time);

        screen.Show(Running(0));
        screen.Show(Running(10));
        _time.Advance(TimeSpan.FromSeconds(2));
        screen.Show(Running(20));
        _time.Advance(TimeSpan.FromSeconds(3));
        screen.Show(Running(30));
        screen.Show(Samples.Status("Running", Samples.Stage(SearchStages.Supernet, StageState.Done, 100, 100, "steps", seconds: 5)));

        Assert.Equal(
            ["[    0 s] Supernet training       0/100 steps", "[    5 s] Supernet training       30/100 steps",
                "[    5 s] Supernet training       done  5.0 s"],
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
    public void Stages_side_by_side_both_get_their_lines()
    {
        var screen = new PlainScreen(_console.Console, _time);
        for (var i = 1; i <= 2; i++)
        {
            screen.Show(Samples.Status("Running",
                Samples.Stage(SearchStages.Distillation, StageState.Running, i, 10),
                    Samples.Stage(SearchStages.Supernet, StageState.Running, i, 10)));
            _time.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(4, _console.Lines.Length);
    }

    private static SearchStatus Running(long done) =>
        Samples.Status("Running", Samples.Stage(SearchStages.Supernet, StageState.Running, done, 100, "steps"));
}
