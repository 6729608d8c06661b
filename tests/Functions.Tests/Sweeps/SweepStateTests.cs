using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Sweeps.Files;

namespace HsNas.Functions.Tests.Sweeps;

/// <summary>What a log says: "r" rows, "s" stop, "g" go on, "e" the end of a run.</summary>
public sealed class SweepStateTests
{
    [Theory]
    [InlineData("r", 0, false, false, false)]
    [InlineData("rs", 0, true, false, false)]
    [InlineData("rsg", 0, false, false, true)]
    [InlineData("re", 1, false, true, false)]
    [InlineData("rse", 1, true, true, false)]
    [InlineData("rseg", 1, false, false, true)]
    [InlineData("rer", 1, false, false, false)]
    [InlineData("rege", 2, false, true, false)]
    [InlineData("rsegrs", 1, true, false, true)]
    public void A_log_says_what_the_next_run_does(string log, int run, bool stopped, bool over, bool retries)
    {
        var state = new SweepState([.. log.Select(Entry)]);

        Assert.Equal((run, stopped, over, retries), (state.Run, state.IsStopped, state.IsOver, state.Retries));
        Assert.Equal((log.Length, log.Count(c => c == 'r')), (state.Entries, state.Rows.Count));
    }

    private static SweepEntry Entry(char kind) => kind switch
    {
        'r' => new SweepEntry(SweepEntryKind.Rows, [new SweepRow("x", [], new SearchRequest { Task = "t" })]),
        's' => SweepEntry.Of(SweepEntryKind.Stop),
        'g' => SweepEntry.Of(SweepEntryKind.Resume),
        _ => SweepEntry.Of(SweepEntryKind.End),
    };
}
