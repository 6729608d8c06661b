using HsNas.Cli.Http;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Cli.Tests.Http;

public class SearchRequestJsonTests
{
    private static readonly string[] Tasks = ["tiny-en-de"];

    [Fact]
    public void The_function_app_reads_what_options_say()
    {
        var read = SearchRequestReader.Read(new SearchRequestJson
        {
            Task = "tiny-en-de",
            Device = "pi-4",
            Limits = new SearchConstraints { LatencyMs = 12.5, GFlops = 0.02, ParametersMillions = 0.4, EncoderAtLeastAsDeep = true },
            Iterations = 10,
            Seed = 7,
            Supernet = "sandwich",
            SupernetSteps = 400,
            Teacher = "supernet",
            Window = (2, 6),
            Labels = 50,
            MaxCostUsd = 0.25,
            Compare = true,
            NoTraining = true,
        }.ToBytes(), Tasks);

        Assert.Empty(read.Errors);
        var request = read.Request!;
        Assert.Equal(("pi-4", 50, true, false), (request.Device, request.Labels, request.Compare, request.TrainWinner));
        Assert.Equal(0.25, request.MaxCostUsd);
        Assert.Equal(new SearchConstraints { LatencyMs = 12.5, GFlops = 0.02, ParametersMillions = 0.4, EncoderAtLeastAsDeep = true }, request.Limits);
        Assert.Equal((10, 7L), (request.Evolution.Iterations, request.Evolution.Seed));
        Assert.Equal(new SupernetChoice { Kind = "sandwich", Steps = 400 }, request.Supernet);
        Assert.Equal("supernet", request.Teacher);
        Assert.Equal(new HybridSchedule(2, 6), request.Window);
    }

    [Fact]
    public void What_is_not_given_is_not_sent() =>
        Assert.Equal("""{"task":"tiny-en-de"}""", System.Text.Encoding.UTF8.GetString(new SearchRequestJson { Task = "tiny-en-de" }.ToBytes()));
}
