using HsNas.Simulation.Parts;

namespace HsNas.Simulation.Tests;

public class SimulatedTests
{
    // Nothing waits for anything but the parts that a test is about.
    private static readonly Deployment Quick = new()
    {
        WorkerStart = 0, ScalePolling = 0, AppStart = 0, Turn = 0, HubPolling = 0.1, ReplyPolling = 0, Storage = 0, Answer = 0,
    };

    private static readonly Workload JobsOnly = new()
    {
        Searches = 1, Labels = 0, Distillation = 0, DistilledGenerations = 0, ScoringJobs = 0,
    };

    [Fact]
    public void Run_IsAFunctionOfItsArguments()
    {
        var work = new Workload { Searches = 50, Hours = 1, Tasks = 5, Labels = 50, Scoring = 20, ScoringJobs = 5 };
        var deployment = new Deployment { SpotLossesPerHour = 5 };

        var (first, second) = (Simulated.Run(deployment, work), Simulated.Run(deployment, work));

        Assert.Equal(first with { Loads = [] }, second with { Loads = [] });
        Assert.Equal(first.Loads, second.Loads);
        Assert.NotEqual(first.Hours, Simulated.Run(deployment, work with { Seed = 2 }).Hours);
    }

    [Theory]
    [InlineData(1, 8)]
    [InlineData(2, 4)]
    [InlineData(8, 1)]
    [InlineData(100, 1)]
    public void Run_EightSearchesOfAnHour_TakeEightHoursDividedByTheWorkers(int workers, double hours)
    {
        var report = Simulated.Run(Quick with { Workers = workers, WorkerIdle = 0 }, JobsOnly with { Searches = 8, Winner = 3600 });

        Assert.Equal(hours, report.Hours, 0.01);
        Assert.Equal(8, report.PaidHours, 0.01);
        Assert.Equal(Quick.WorkerPrice, report.DollarsPerSearch, 0.01);
    }

    [Fact]
    public void Run_SearchesOfOneTask_TrainItsSupernetOnce()
    {
        var work = JobsOnly with { Searches = 10, Supernet = 3600 };

        Assert.Equal(1, Simulated.Run(Quick, work).Hours, 0.01);
        Assert.Equal(1 + (Quick.WorkerIdle / 3600), Simulated.Run(Quick with { Workers = 1 }, work).PaidHours, 0.01);
        Assert.Equal(10, Simulated.Run(Quick with { Workers = 1 }, work with { Tasks = 10 }).Hours, 0.01);
    }

    [Fact]
    public void Run_LostWorkers_CostTheirStartAndWhatWasNotSaved()
    {
        var work = JobsOnly with { Winner = 100 * 3600 };
        var spot = Quick with { SpotLossesPerHour = 1, WorkerStart = 60, JobVisibility = 30, Checkpoint = 600 };

        var report = Simulated.Run(spot, work);

        Assert.InRange(report.Losses, 50, 200);
        // A loss costs 90 s and repeats half of ten minutes on average.
        Assert.InRange((report.Hours - 100) * 3600 / report.Losses, 90, 90 + 600);
        Assert.Equal(0, Simulated.Run(spot with { SpotLossesPerHour = 0 }, work).Losses);
    }

    [Fact]
    public void Run_LabelsBeyondTheLimit_TakeTheTimeThatTheLimitGives()
    {
        var work = JobsOnly with { Labels = 1000, TokensPerLabel = 1000 };
        var limited = Quick with { TokensPerMinute = 100_000, RetryAfter = 5 };

        var report = Simulated.Run(limited, work);

        // A million tokens at 100,000 a minute; the first minute's worth is there at once.
        Assert.InRange(report.Hours * 60, 8.9, 9.3);
        Assert.True(report.Refused > 0);
        Assert.Equal(0, Simulated.Run(Quick with { TokensPerMinute = 1e9, RequestsPerMinute = 1e9 }, work).Refused);
    }

    [Fact]
    public void Run_SeldomPolledHub_MakesEachGenerationOfALoneSearchWait()
    {
        var work = JobsOnly with { ScoringJobs = 30, Scoring = 60 };
        double Minutes(double polling) => Simulated.Run(Quick with { HubPolling = polling }, work).Hours * 60;

        Assert.InRange(Minutes(30) - Minutes(0.1), 30 * 10 / 60.0, 30 * 20 / 60.0);
    }

    [Fact]
    public void Run_IdleWorkers_ArePaidUntilTheyAreGivenBack()
    {
        var report = Simulated.Run(Quick with { WorkerIdle = 600 }, JobsOnly with { Winner = 3600 });

        Assert.Equal(1 + (600 / 3600.0), report.PaidHours, 0.01);
        Assert.Equal(1, report.Hours, 0.01);
    }

    [Fact]
    public void Run_OneMachine_SharesItsProcessorsAmongAllParts()
    {
        var work = JobsOnly with { Searches = 10, Winner = 60, DistilledGenerations = 6, DistilledGeneration = 10 };
        var machine = Quick with { OneMachine = 2, Workers = 10 };

        Assert.Equal(10 * 120 / 2 / 3600.0, Simulated.Run(machine, work).Hours, 0.02);
    }
}
