using HsNas.EndToEnd.Tests.Support;
using HsNas.FunctionsRuntime.Tests.Storage;
using HsNas.Local.Stack;
using HsNas.Trials.Chaos;

namespace HsNas.EndToEnd.Tests;

/// <summary>The short form of <c>hsnas chaos</c>.</summary>
[Collection(SystemCollection.Name)]
public sealed class ChaosTests
{
    [Fact]
    public async Task Searches_lose_nothing_and_pay_nothing_twice_when_processes_are_killed_at_random()
    {
        var folder = Directory.CreateTempSubdirectory("hsnas-chaos-test-").FullName;
        var stack = new StackOptions
        {
            Root = Programs.Root,
            RunFolder = folder,
            DataFolder = folder,
            Azurite = AzuriteProgram.File,
            Workers = 2,
            Configuration = Programs.Configuration,
        };
        var notes = new List<string>();

        var report = await ChaosTrial.RunAsync(
            new ChaosOptions { Kills = 5, Seed = 2 }, stack, folder, notes.Add, TimeProvider.System, CancellationToken.None);

        Assert.True(report.Differences.Count == 0, $"{string.Join('\n', report.Differences)}\n{string.Join('\n', notes)}\nlogs: {folder}");
        Assert.Equal(5, report.Faults.AllKills);
        Assert.Equal((report.Searches, 0, 0, 0), (report.Identical, report.LostJobs, report.StuckInstances, report.Model.PaidTwice));
        Assert.True(report.Searches >= 3);
        Assert.Equal((6, 3), (report.SweepRows, report.IdenticalTables));
        Directory.Delete(folder, recursive: true);
    }
}
