using HsNas.Local.Stack;
using HsNas.Trials.Model;

namespace HsNas.Trials.Chaos;

/// <summary>
/// Compares disturbed searches with the same searches undisturbed. The disturbed run comes first, because it decides how many
/// searches there are. Both ask the same model through one recorder, so even the keys of their ledgers agree.
/// </summary>
public static class ChaosTrial
{
    /// <summary>Runs both and compares.</summary>
    /// <param name="options">What to do.</param>
    /// <param name="stack">How stacks are started; folder and settings are the trial's own.</param>
    /// <param name="folder">An empty folder for what the stacks leave behind.</param>
    /// <param name="note">Receives what happens, a line at a time.</param>
    /// <param name="time">Clock.</param>
    /// <param name="cancellationToken">Ends the trial and all its processes.</param>
    public static async Task<ChaosReport> RunAsync(
        ChaosOptions options, StackOptions stack, string folder, Action<string> note, TimeProvider time,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(stack);
        ArgumentNullException.ThrowIfNull(note);
        await using var recorder = await ModelRecorder.StartAsync(time, cancellationToken);
        SystemRun Run(string name) =>
            new(options, TrialStack.Of(stack, Path.Combine(folder, name), recorder.Address, labelBatch: 10), recorder, note, time);

        note($"disturbed run: {options.Kills} kills, {options.Searches} searches at a time, seed {options.Seed}");
        var disturbed = await Run("disturbed").DisturbedAsync(cancellationToken);
        note($"undisturbed run: the same {disturbed.Searches.Count} searches");
        var undisturbed = await Run("undisturbed").UndisturbedAsync(disturbed.Searches.Count, cancellationToken);
        return ChaosReport.Of(undisturbed, disturbed);
    }
}
