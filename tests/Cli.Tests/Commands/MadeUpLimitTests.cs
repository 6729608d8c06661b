using System.CommandLine;
using HsNas.Cli.CommandLine;
using HsNas.Cli.Commands;
using HsNas.Cli.Screens;
using HsNas.Cli.Tests.Screens;
using HsNas.Cli.Tests.Support;
using HsNas.Contracts.Supernets;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Cli.Tests.Commands;

public class MadeUpLimitTests
{
    private static readonly ConstraintSet Constraints = ConstraintSet.BuiltIn.With(new LayersConstraint());

    [Fact]
    public void Every_constraint_is_an_option_that_is_sent_under_its_id()
    {
        Assert.Equal(
            """{"task":"t","limits":{"gFlopsWithoutLastLayer":0.5,"encoderAtLeastAsDeep":true,"layersInAll":7}}""",
            Sent("--gflops-without-last-layer 0.5 --encoder-at-least-as-deep --layers-in-all 7"));
        Assert.Equal("""{"task":"t","limits":{"latencyMs":9.5}}""", Sent("--latency-ms 9.5"));
        Assert.Equal("""{"task":"t"}""", Sent(""));
    }

    [Fact]
    public void The_command_line_offers_what_its_context_can_limit()
    {
        const string line = "search submit --task t --layers-in-all 7";
        var context = new CommandContext(new TextConsole().Console, TimeProvider.System, _ => null);

        Assert.NotEmpty(Root.Create(context).Parse(line).Errors);
        Assert.Empty(Root.Create(context with { Constraints = Constraints }).Parse(line).Errors);
    }

    [Fact]
    public void The_last_screen_shows_the_value_and_whether_the_limit_is_kept()
    {
        Assert.Equal("5; limit 7: kept", Cell(5));
        Assert.Equal("8; limit 7: MISSED", Cell(8));

        static string Cell(double layers)
        {
            var sample = Samples.Result();
            var winner = sample.Requested.Winner! with { Values = sample.Requested.Winner.Values.SetItem("layersInAll", layers) };
            var result = sample with
            {
                Request = sample.Request with { Limits = new SearchConstraints().With("layersInAll", 7) },
                Runs = [sample.Requested with { Winner = winner }],
            };
            return ResultTable.Rows(result, Constraints).Single(r => r.Name == "layers in all").Cells[0];
        }
    }

    private static string Sent(string line)
    {
        var options = new SearchOptions(Constraints, SupernetKinds.BuiltIn);
        var command = new Command("submit");
        options.AddTo(command);
        return System.Text.Encoding.UTF8.GetString(options.Read(command.Parse("--task t " + line))!.ToBytes());
    }

    private sealed class LayersConstraint : Constraint
    {
        public override string Id => "layersInAll";

        public override string Name => "layers in all";

        public override string Description => "Most layers, of encoder and decoder together.";

        public override double Value(Architecture architecture, ConstraintContext context) =>
            architecture.EncoderLayers + architecture.DecoderLayers;
    }
}
