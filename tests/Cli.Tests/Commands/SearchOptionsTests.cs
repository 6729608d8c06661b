using System.CommandLine;
using System.Text;
using HsNas.Cli.Commands;
using HsNas.Contracts.Requests;
using HsNas.Contracts.Supernets;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Tests.Commands;

public class SearchOptionsTests
{
    private static readonly string[] Tasks = ["tiny-en-de"];

    [Fact]
    public void Function_app_reads_what_the_options_say()
    {
        var request =
            Read("--device pi-4 --latency-ms 12.5 --gflops 0.02 --parameters-millions 0.4 --encoder-at-least-as-deep --iterations 10 "
            + "--population 12 --parents 4 --mutations 4 --crossovers 4 --mutation-probability 0.5 --seed 7 --no-distinct-population "
            + "--supernet mos-layer --supernet-steps 400 --supernet-experts 3 --supernet-router-width 64 --teacher supernet --window 2 6 "
            + "--labels 50 --max-cost-usd 0.25 --compare --no-training");

        Assert.Equal(("pi-4", 50, true, false), (request.Device, request.Labels, request.Compare, request.TrainWinner));
        Assert.Equal(0.25, request.MaxCostUsd);
        var limits = new SearchConstraints { LatencyMs = 12.5, GFlops = 0.02, ParametersMillions = 0.4, EncoderAtLeastAsDeep = true };
        Assert.Equal(limits, request.Limits);
        var evolution = new EvolutionOptions
        {
            Iterations = 10, Population = 12, Parents = 4, Mutations = 4, Crossovers = 4, MutationProbability = 0.5, Seed = 7,
        };
        Assert.Equal(evolution, request.Evolution);
        Assert.Equal(new SupernetChoice { Kind = "mos-layer", Steps = 400, Experts = 3, RouterWidth = 64 }, request.Supernet);
        Assert.Equal("supernet", request.Teacher);
        Assert.Equal(new HybridSchedule(2, 6), request.Window);
    }

    [Fact]
    public void Winner_is_trained_as_the_options_say() =>
        Assert.Equal(
            new WinnerChoice { Steps = 4000, CheckEvery = 100, Average = 3, Patience = 8 },
            Read("--winner-steps 4000 --winner-check-every 100 --winner-average 3 --winner-patience 8").Winner);

    [Fact]
    public void Window_of_minus_ones_is_read_as_none() => Assert.Equal(HybridSchedule.Never, Read("--window -1 -1").Window);

    [Fact]
    public void Window_can_be_left_to_the_search() => Assert.Equal(HybridSchedule.Auto, Read("--window auto").Window);

    [Theory]
    [InlineData("--window sometimes")]
    [InlineData("--window 1")]
    [InlineData("--window 1 x")]
    public void Window_of_anything_else_is_refused(string line) =>
        Assert.Contains("2 whole numbers, or the word auto", Parse(line).Errors.Single().Message, StringComparison.Ordinal);

    [Fact]
    public void Objectives_are_a_list_of_words() =>
        Assert.Equal(["quality", "latency", "parameters"], Read("--objectives quality latency parameters").Objectives);

    [Fact]
    public void Field_is_not_sent_when_its_option_is_not_given() => Assert.Equal("""{"task":"tiny-en-de"}""", Sent(""));

    private static SearchRequest Read(string line)
    {
        var read = SearchRequestReader.Read(Encoding.UTF8.GetBytes(Sent(line)), Tasks);
        Assert.Empty(read.Errors);
        return read.Request!;
    }

    private static string Sent(string line)
    {
        var parse = Parse(line, out var options);
        Assert.Empty(parse.Errors);
        return Encoding.UTF8.GetString(options.Read(parse)!.ToBytes());
    }

    private static ParseResult Parse(string line) => Parse(line, out _);

    private static ParseResult Parse(string line, out SearchOptions options)
    {
        options = new SearchOptions(ConstraintSet.BuiltIn, SupernetKinds.BuiltIn);
        var command = new Command("submit");
        options.AddTo(command);
        return command.Parse("--task tiny-en-de " + line);
    }
}
