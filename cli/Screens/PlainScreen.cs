using HsNas.Contracts.Requests;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Lines for logs and pipes: one a stage, when it is over, and what is running after a minute without a line.</summary>
internal sealed class PlainScreen(IAnsiConsole console, TimeProvider time) : IStatusScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestSilence = TimeSpan.FromMinutes(1);

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private long _troubleShown = time.GetTimestamp();
    private long _written = time.GetTimestamp();

    /// <inheritdoc/>
    public void Show(SearchStatus status)
    {
        var failed = status.Status is "Failed" or "Terminated"; // Then what was not reached is not worth a line each.
        foreach (var stage in status.Stages.Where(s => IsOver(s.State) && !(failed && s.State == StageState.Skipped)))
        {
            if (_shown.Add(stage.Name)) Write(stage);
        }

        if (time.GetElapsedTime(_written) < LongestSilence) return;
        foreach (var stage in status.Stages.Where(s => s.State == StageState.Running)) Write(stage);
    }

    /// <inheritdoc/>
    public void ShowTrouble(string reason)
    {
        if (time.GetElapsedTime(_troubleShown) < Interval) return;
        Write(reason);
        _troubleShown = time.GetTimestamp();
    }

    private static bool IsOver(StageState state) => state is not (StageState.Waiting or StageState.Running);

    private void Write(StageStatus stage) => Write(string.Join("  ",
        new[] { $"{StageText.Label(stage.Name),-22}", StageText.Amount(stage), StageText.Duration(stage.Seconds), stage.Note }
        .Where(t => !string.IsNullOrEmpty(t))));

    private void Write(string line)
    {
        console.Profile.Out.Writer.WriteLine($"[{time.GetElapsedTime(_start).TotalSeconds,5:0} s] {line}");
        _written = time.GetTimestamp();
    }
}
