using HsNas.Contracts.Requests;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Lines for logs and pipes: one a stage, when it is over.</summary>
internal sealed class PlainScreen(IAnsiConsole console, TimeProvider time) : IStatusScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly HashSet<string> _shown = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private long _troubleShown = time.GetTimestamp();

    /// <inheritdoc/>
    public void Show(SearchStatus status)
    {
        var failed = status.Status is "Failed" or "Terminated"; // Then what was not reached is not worth a line each.
        foreach (var stage in status.Stages.Where(s => IsOver(s.State) && !(failed && s.State == StageState.Skipped)))
        {
            if (!_shown.Add(stage.Name)) continue;
            Write(string.Join("  ",
                new[] { $"{StageText.Label(stage.Name),-22}", StageText.Amount(stage), StageText.Duration(stage.Seconds), stage.Note }
                .Where(t => !string.IsNullOrEmpty(t))));
        }
    }

    /// <inheritdoc/>
    public void ShowTrouble(string reason)
    {
        if (time.GetElapsedTime(_troubleShown) < Interval) return;
        Write(reason);
        _troubleShown = time.GetTimestamp();
    }

    private static bool IsOver(StageState state) => state is not (StageState.Waiting or StageState.Running);

    private void Write(string line) =>
        console.Profile.Out.Writer.WriteLine($"[{time.GetElapsedTime(_start).TotalSeconds,5:0} s] {line}");
}
