using HsNas.Contracts;
using HsNas.Contracts.Sweeps;
using HsNas.Trials.Chaos;
using HsNas.Trials.Model;
using HsNas.Trials.Searches;

namespace HsNas.EndToEnd.Tests.Trials;

/// <summary>A chaos trial that lost something says so.</summary>
public sealed class ChaosReportTests
{
    private const string Key = "0123456789abcdef0123456789abcdef";

    private static readonly SystemSnapshot Whole = new(
        new Dictionary<string, string> { ["searches/s/plan.json"] = "1" },
        new Dictionary<string, string?> { ["own score j"] = "{}" },
        new Dictionary<string, string> { [BlobLayout.LedgerEntry(Key).Name] = "27.1" },
        [], 0);

    private static readonly ModelCounts Model = new(1, 1, 1, 0, 0) { Keys = [Key] };

    private static readonly EndedSweep Sweep = new(
        new SweepCounts(0, 0, 6, 0), new Dictionary<string, string> { ["csv"] = "1,2" }, null);

    [Fact]
    public void Another_table_of_the_sweep_is_a_difference()
    {
        var other = Sweep with { Tables = new Dictionary<string, string> { ["csv"] = "1,3" } };

        var report = ChaosReport.Of(Run(Whole, Model), Run(Whole, Model, other));

        Assert.Equal(["table csv is another than in the undisturbed run"], report.Differences);
        Assert.Equal((6, 0), (report.SweepRows, report.IdenticalTables));
        Assert.Contains("late", ChaosReport.Of(Run(Whole, Model), Run(Whole, Model, Sweep with { Error = "late" })).Differences);
    }

    [Fact]
    public void Nothing_lost_is_no_difference()
    {
        var report = ChaosReport.Of(Run(Whole, Model), Run(Whole, Model with { Answered = 2, LostInFlight = 1 }));

        Assert.Empty(report.Differences);
        Assert.Equal((1, 1, 1, 0), (report.Blobs, report.Jobs, report.Ledger, report.LostJobs));
    }

    [Fact]
    public void Every_kind_of_loss_is_named()
    {
        Found("blob searches/s/plan.json is missing", Whole with { Blobs = new Dictionary<string, string>() });
        Found("blob searches/s/plan.json is another than in the undisturbed run",
            Whole with { Blobs = new Dictionary<string, string> { ["searches/s/plan.json"] = "2" } });
        Found("job own score j has no result", Whole with { Jobs = new Dictionary<string, string?> { ["own score j"] = null } });
        Found("ledger entry 01/" + Key + ".json is another than in the undisturbed run",
            Whole with { Ledger = new Dictionary<string, string> { [BlobLayout.LedgerEntry(Key).Name] = "1" } });
        Found("instance s: Running is stuck", Whole with { Unfinished = ["s: Running"] });
        Found("2 messages were poisoned", Whole with { Poisoned = 2 });
        Found("3 answers were paid for though the ledger held them", Whole, Model with { PaidTwice = 3 });
        Found("1 answers are not in the ledger under the keys of their questions", Whole, Model with { Keys = ["another"] });
        Found("the model answered 2 different questions, the ledger holds 1", Whole, Model with { Distinct = 2 });
    }

    private static void Found(string difference, SystemSnapshot disturbed, ModelCounts? model = null) =>
        Assert.Contains(difference, ChaosReport.Of(Run(Whole, Model), Run(disturbed, model ?? Model)).Differences);

    private static RunOutcome Run(SystemSnapshot snapshot, ModelCounts model, EndedSweep? sweep = null) =>
        new([], sweep ?? Sweep, snapshot, model, new FaultCounts(), 1);
}
