using System.Collections.Immutable;
using System.Text.Json;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Commands;
using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Client;
using HsNas.Contracts.Fronts;
using HsNas.Evolution.Constraints;
using HsNas.Kernel;
using HsNas.Predictors;

namespace HsNas.Cli.Tests.Commands;

public class FrontCommandTests
{
    private static readonly Front Front = new()
    {
        Objectives = ["quality", "latency"],
        Metric = Metrics.ValidationLoss,
        Direction = MetricDirection.LowerIsBetter,
        Points = [.. Enumerable.Range(0, 40).Select(i => Point(i) with { IsKnee = i == 17, IsMeasured = true })],
    };

    [Fact]
    public async Task Limits_are_asked_for_by_id_and_the_answer_is_told()
    {
        var app = new FakeApp(_ => FakeApp.Json(JsonSerializer.Serialize(
            new FrontAnswer
            {
                Limits = Values(9.5), IsKnown = true, Metric = Front.Metric, Point = Point(3), Unknown = ["gFlops was no objective."],
            },
            Json.Options)));
        var (code, text) = await RunAsync(app, "front 0123 --latency-ms 9.5 --gflops 0.02");

        Assert.Equal(0, code);
        Assert.Equal("http://app/api/searches/0123/front?gFlops=0.02&latencyMs=9.5", Assert.Single(app.Requests).Url);
        Assert.Contains("validation loss 6.0300, latency 17 ms measured.", text, StringComparison.Ordinal);
        Assert.Contains("gFlops was no objective.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_the_front_does_not_know_has_an_exit_code_of_its_own()
    {
        var app = new FakeApp(_ => FakeApp.Json(JsonSerializer.Serialize(
            new FrontAnswer { Limits = Values(1), IsKnown = false, Metric = Front.Metric, Unknown = ["The least measured is 5 ms."] },
            Json.Options)));
        var (code, text) = await RunAsync(app, "front 0123 --latency-ms 1");

        Assert.Equal((3, "The least measured is 5 ms."), (code, text.Trim()));
    }

    [Fact]
    public async Task Without_limits_the_whole_front_is_shown()
    {
        var (code, text) = await RunAsync(new FakeApp(_ => FakeApp.Json(JsonSerializer.Serialize(Front, Json.Options))), "front 0123");

        Assert.Equal(0, code);
        Assert.All(Front.Points, p => Assert.Contains($"{p.Score:0.0000}", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_last_screen_shows_ten_points_with_both_ends_and_the_knee()
    {
        var console = new TextConsole();
        var sample = Samples.Result();
        var result = sample with { Runs = [sample.Requested with { Front = Front }] };
        ResultScreen.Print(console.Console, result, [], ConstraintSet.BuiltIn);

        var shown = Front.Points.Where(p => console.Text.Contains($"{p.Score:0.0000}", StringComparison.Ordinal)).ToList();
        Assert.Equal(10, shown.Count);
        Assert.Equal([Front.Points[0], Front.Points[^1]], [shown[0], shown[^1]]);
        Assert.Contains(Front.Knee, shown);
        Assert.Contains("knee", console.Text, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Text)> RunAsync(FakeApp app, string line)
    {
        var console = new TextConsole();
        var context = new CommandContext(console.Console, TimeProvider.System, _ => null);
        var address = new FunctionAppAddress(new Uri("http://app/"), null);
        var command = FrontCommand.Create(context, _ => new SearchClient(address, app));
        var code = await new System.CommandLine.RootCommand { command }.Parse(line).InvokeAsync();
        return (code, console.Text);
    }

    private static FrontPoint Point(int i) => new()
    {
        Architecture = Samples.Architecture,
        Score = 6 + (i / 100.0),
        Values = Values(20 - i + (i * i / 100.0 / 4)),
        Predictions = Values(20 - i),
    };

    private static ImmutableSortedDictionary<string, double> Values(double ms) =>
        ImmutableSortedDictionary.Create<string, double>(StringComparer.Ordinal).Add(ConstraintIds.LatencyMs, Math.Round(ms));
}
