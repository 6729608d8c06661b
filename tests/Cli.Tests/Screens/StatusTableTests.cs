using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Tests.Screens;

public class StatusTableTests
{
    [Fact]
    public void Every_stage_has_a_bar()
    {
        var console = new TextConsole();

        console.Console.Write(StatusTable.Build(Samples.Status("Running",
            Samples.Stage(SearchStages.Resolve, StageState.Done, seconds: 0.3),
            Samples.Stage(SearchStages.Supernet, StageState.Running, 250, 1000, "steps", "loss [4.5] nats", 31),
            Samples.Stage(SearchStages.Search, StageState.Waiting),
            Samples.Stage(SearchStages.Comparison, StageState.Skipped)), trouble: null));

        Assert.Equal(4, console.Lines.Length);
        Assert.Equal($"Check the request {new string('█', 24)} done 0.3 s", Spaced(console.Lines[0]));
        Assert.Contains("██████░░░░░░░░░░░░░░░░░░ 250/1,000 steps", Spaced(console.Lines[1]), StringComparison.Ordinal);
        Assert.EndsWith("31 s, 93 s left loss [4.5] nats", Spaced(console.Lines[1]), StringComparison.Ordinal);
        Assert.Contains(new string('░', 24), console.Lines[2], StringComparison.Ordinal);
        Assert.Contains(new string('·', 24), console.Lines[3], StringComparison.Ordinal);

        static string Spaced(string line) => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Trouble_is_shown_below()
    {
        var console = new TextConsole();

        console.Console.Write(
            StatusTable.Build(Samples.Status("Running", Samples.Stage(SearchStages.Resolve, StageState.Done)), "No answer [yet]."));

        Assert.Equal("No answer [yet].", console.Lines[^1]);
    }

    [Theory]
    [InlineData(0, "░░░░░░░░░░░░░░░░░░░░░░░░")]
    [InlineData(1, "████████████████████████")]
    [InlineData(0.5, "████████████░░░░░░░░░░░░")]
    public void Bars_are_as_long_as_the_share(double share, string expected) => Assert.Equal(expected, StatusTable.Bar(share));

    [Fact]
    public void More_done_than_expected_is_a_full_bar() =>
        Assert.Equal(1, StageText.Share(Samples.Stage(SearchStages.Supernet, StageState.Running, 12, 10)));

    [Theory]
    [InlineData(null, "")]
    [InlineData(3.21, "3.2 s")]
    [InlineData(42.4, "42 s")]
    [InlineData(185.0, "3:05 min")]
    public void Durations_are_short(double? seconds, string expected) => Assert.Equal(expected, StageText.Duration(seconds));

    [Fact]
    public void Every_stage_has_a_name_for_people() =>
        Assert.All(SearchStages.All, stage => Assert.NotEqual(stage, StageText.Label(stage)));
}
