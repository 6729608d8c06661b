using HsNas.Local.Stack;
using HsNas.Local.Trials.Model;

namespace HsNas.Local.Trials.Chaos;

/// <summary>
/// Searches under fire, against the same searches in peace. The disturbed run comes first, because it decides how many
/// searches there are; both meet the same model through one recorder, so that even the keys of their ledgers agree.
/// </summary>
public static class ChaosTrial
{
    /// <summary>Settings that make a micro search a matter of seconds, and a dead worker's message visible again soon.</summary>
    private static readonly Dictionary<string, string> Settings = new(StringComparer.Ordinal)
    {
        ["RedistilSchedule"] = "0 0 3 1 1 *",
        ["Llm__BatchSize"] = "10",
        ["Llm__ModelVersion"] = "1",
        ["Pipeline__LatencyArchitectures"] = "12",
        ["Pipeline__LatencyRuns"] = "2",
        ["Pipeline__VerificationRuns"] = "2",
        ["Pipeline__ScoreJobs"] = "2",
        ["Worker__Visibility"] = "00:00:04",
    };

    /// <summary>Runs both and compares.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="stack">How stacks are started; folder and settings are the trial's own.</param>
    /// <param name="folder">An empty folder for what the stacks leave behind.</param>
    /// <param name="note">Told how it goes, a line at a time.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends it; so are all processes.</param>
    public static async Task<ChaosReport> RunAsync(
        ChaosOptions options, StackOptions stack, string folder, Action<string> note, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(note);
        await using var recorder = await ModelRecorder.StartAsync(time, cancellationToken);
        SystemRun Run(string name) => new(options, stack with
        {
            RunFolder = Path.Combine(folder, name),
            DataFolder = Path.Combine(folder, "no-data"),
            ModelFront = recorder.Address,
            LongestRestartWait = TimeSpan.FromMilliseconds(300),
            Settings = Settings,
        }, recorder, note, time);

        note($"disturbed run: {options.Kills} kills, {options.Searches} searches at a time, seed {options.Seed}");
        var disturbed = await Run("disturbed").DisturbedAsync(cancellationToken);
        note($"undisturbed run: the same {disturbed.Searches.Count} searches");
        var undisturbed = await Run("undisturbed").UndisturbedAsync(disturbed.Searches.Count, cancellationToken);
        return ChaosReport.Of(undisturbed, disturbed);
    }
}
