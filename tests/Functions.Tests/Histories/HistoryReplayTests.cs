using HsNas.Functions.Jobs;
using HsNas.Functions.Searches;
using HsNas.Functions.Searches.Preparation;
using HsNas.FunctionsRuntime.Tests.Storage;
using Microsoft.Azure.Functions.Worker.Orchestrations;
using Microsoft.DurableTask;

namespace HsNas.Functions.Tests.Histories;

/// <summary>
/// Instances that ran under an earlier version of this repository go on under this one. With HSNAS_RECORD_HISTORIES=N recording N is
/// written first; the older ones stay (docs/durability.md, "Changing an orchestrator").
/// </summary>
public sealed class HistoryReplayTests(HistoryReplayTests.Recordings recordings) : IClassFixture<HistoryReplayTests.Recordings>
{
    private const string Advice =
        "This change breaks instances that are running while it is deployed. See docs/durability.md, \"Changing an orchestrator\".";

    [Fact]
    public void Recorded_instances_go_on_wherever_they_were_interrupted() =>
        DemandNone(recordings.All.SelectMany(new HistoryReplay().Faults));

    [Fact]
    public void Activities_that_were_asked_for_are_there_and_read_their_recorded_input() =>
        DemandNone(recordings.All.SelectMany(new HistoryReplay().ActivityFaults));

    [Fact]
    public void Each_recording_holds_every_orchestrator_and_activity_of_its_time_and_every_kind_of_event()
    {
        var newest = recordings.All.GroupBy(h => int.Parse(h.Name.Split('/')[0])).MaxBy(g => g.Key)!.ToList();
        var actions = newest.SelectMany(h => h.Turns).SelectMany(t => t.Actions).Select(a => a.Name).OfType<string>();

        Assert.Empty(new HistoryReplay().FunctionNames.Except(actions.Concat(newest.Select(h => h.Instance.Orchestrator))));
        EntryKind[] unused = [EntryKind.ExecutionSuspended, EntryKind.ExecutionResumed, EntryKind.ExecutionTerminated,
            EntryKind.StrayContinuation, EntryKind.SubOrchestrationInstanceFailed];
        Assert.Equal(
            Enum.GetValues<EntryKind>().Except(unused),
            newest.SelectMany(h => h.Turns).SelectMany(t => t.Entries).Select(e => e.Kind).Distinct().Order());
        Assert.Contains(newest, h => h.Turns[^1].Renewal is not null);
    }

    [Fact]
    public void Payloads_are_small_enough_to_stay_in_history_on_every_backend() => Assert.All(
        recordings.All.SelectMany(h => h.Turns).SelectMany(t => t.Entries),
        e => Assert.InRange(2 * Math.Max(e.Input?.Length ?? 0, e.Result?.Length ?? 0), 0, LargePayloads.LimitBytes));

    public static TheoryData<string, string> Changes => new()
    {
        { nameof(ChangedSearches.Swapped), $"it asked for TaskScheduled #0 {nameof(ResolveInputsActivity)} and now asks for "
            + $"TaskScheduled #0 {nameof(CheckFeasibilityActivity)}" },
        { nameof(ChangedSearches.Swapped), "Non-Deterministic workflow detected" },
        { nameof(ChangedSearches.CallsMore), "it also asks for TaskScheduled #1" },
        { nameof(ChangedSearches.CallsLess), "it no longer asks for TaskScheduled #0" },
        { nameof(ChangedSearches.TellsLess), "the input of TaskScheduled #0 ResolveInputsActivity changed: $.InstanceId is missing" },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void A_changed_orchestrator_is_reported(string change, string fault)
    {
        var replay = new HistoryReplay((nameof(SearchOrchestrator), ChangedSearches.All[change]));

        var faults = recordings.All.Where(h => h.Instance.Orchestrator == nameof(SearchOrchestrator)).SelectMany(replay.Faults);

        Assert.Contains(faults, f => f.Contains(fault, StringComparison.Ordinal));
    }

    [Fact]
    public void A_change_for_instances_of_a_new_version_only_breaks_nothing() => DemandNone(recordings.All.SelectMany(
        new HistoryReplay((nameof(SearchOrchestrator), ChangedSearches.All[nameof(ChangedSearches.Versioned)])).Faults));

    private static void DemandNone(IEnumerable<string> faults)
    {
        var found = faults.ToList();
        Assert.True(found.Count == 0, $"{Advice}\n{string.Join('\n', found.Take(10))}\n({found.Count} in all)");
    }

    /// <summary>The committed histories, recorded anew where that was asked for.</summary>
    public sealed class Recordings : IAsyncLifetime
    {
        internal IReadOnlyList<RecordedHistory> All { get; private set; } = [];

        /// <inheritdoc/>
        public async Task InitializeAsync()
        {
            if (Environment.GetEnvironmentVariable("HSNAS_RECORD_HISTORIES") is { Length: > 0 } recording)
            {
                var azurite = new Azurite();
                await azurite.InitializeAsync();
                await RecordedStories.RecordAsync(azurite.ConnectionString, recording);
                await azurite.DisposeAsync();
            }

            All = RecordedFiles.All;
            Assert.NotEmpty(All);
        }

        /// <inheritdoc/>
        public Task DisposeAsync() => Task.CompletedTask;
    }
}
