using HsNas.Contracts;
using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Predictors;
using HsNas.Reporting;
using HsNas.Spaces;

namespace HsNas.Shared.Tests.Reporting;

public sealed class FloorWordsTests
{
    private static readonly Architecture Some = new ArchitectureSampler(TaskCatalog.Get("tiny-en-de").Space, 1).Next();

    [Fact]
    public void A_search_that_a_floor_is_as_good_as_says_so_in_its_first_line()
    {
        var result = Found(loss: 6.75, (FloorNames.Depth, 6.75), (FloorNames.Parameters, 6.9), (FloorNames.Random, 6.7));

        Assert.Equal(
            "This search did not beat depth alone or random search: 6.7000 bits against its 6.7500.", FloorWords.Warning(result));
        Assert.StartsWith(FloorWords.Warning(result)!, SearchReport.Summary(result), StringComparison.Ordinal);
    }

    [Fact]
    public void A_search_that_beats_all_floors_names_them_and_warns_of_none()
    {
        var result = Found(loss: 6.71, (FloorNames.Depth, 6.75), (FloorNames.Random, 6.72));

        Assert.Null(FloorWords.Warning(result));
        Assert.Equal(
            "Supernet loss, bits per token: the winner 6.7100, depth alone 6.7500, random search 6.7200.", FloorWords.Sentence(result));
    }

    [Fact]
    public void A_search_without_floors_says_nothing_of_them()
    {
        Assert.Null(FloorWords.Sentence(Found(loss: 6.71)));
        Assert.Null(FloorWords.Warning(Found(loss: 6.71)));
    }

    [Fact]
    public void Work_is_said_as_a_share_of_scoring_every_candidate_on_the_whole_text()
    {
        var run = Found(loss: 6.71).Requested with { Work = new ScoringWork(45_000, Sentences: 300, Slots: 3750) };
        Assert.Equal("4.0 % of 3,750 candidates on 300 sentences each; saved 96.0 %", FloorWords.Work(run));
    }

    private static SearchResult Found(double loss, params (string Name, double Loss)[] floors)
    {
        var winner = new Finalist { Architecture = Some, Score = loss };
        var trace = new GenerationTrace(1, Metrics.ValidationLoss, MetricDirection.LowerIsBetter, loss, 7, 7, 10, Some.Key, 10);
        return new SearchResult
        {
            Id = "s",
            Request = new SearchRequest { Task = "tiny-en-de" },
            Dataset = "",
            DeviceFingerprint = "cpu",
            StageSeconds = new Dictionary<string, double>(),
            Floors = [.. floors.Select(f => new SearchFloor(f.Name, Some, f.Loss))],
            Runs =
            [
                new RunResult
                {
                    Kind = RunKind.Requested, Name = "HS-NAS", Winner = winner, Finalists = [winner], Trace = [trace],
                    DistilledSeconds = 0, SupernetSeconds = 0, SupernetScorings = 0, Rankers = new Dictionary<string, RankerTally>(),
                },
            ],
        };
    }
}
