using HsNas.Contracts.Requests;
using Spectre.Console;

namespace HsNas.Cli.Screens;

/// <summary>Lines for logs and pipes: every change of state at once, progress every few seconds.</summary>
internal sealed class PlainScreen(IAnsiConsole console, TimeProvider time) : IStatusScreen
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly Dictionary<string, (StageState State, string Line)> _shown = new(StringComparer.Ordinal);
    private readonly long _start = time.GetTimestamp();
    private long _progressShown = time.GetTimestamp();

    /// <inheritdoc/>
    public void Show(SearchStatus status)
    {
        var due = time.GetElapsedTime(_progressShown) >= Interval;
        var failed = status.Status is "Failed" or "Terminated"; // Then what was not reached is not worth a line each.
        foreach (var stage in status.Stages.Where(s => s.State != StageState.Waiting && !(failed && s.State == StageState.Skipped)))
        {
            var line =
                string.Join("  ",
                new[] { $"{StageText.Label(stage.Name),-22}", StageText.Amount(stage), StageText.Duration(stage.Seconds), stage.Note }
                .Where(t => !string.IsNullOrEmpty(t)));
            var known = _shown.TryGetValue(stage.Name, out var before);
            if (known && before.State == stage.State && (!due || stage.State != StageState.Running || before.Line == line)) continue;
            _shown[stage.Name] = (stage.State, line);
            Write(line);
            _progressShown = time.GetTimestamp();
        }
    }

    /// <inheritdoc/>
    public void ShowTrouble(string reason)
    {
        if (time.GetElapsedTime(_progressShown) < Interval) return;
        Write(reason);
        _progressShown = time.GetTimestamp();
    }

    private void Write(string line) =>
        console.Profile.Out.Writer.WriteLine($"[{time.GetElapsedTime(_start).TotalSeconds,5:0} s] {line}");
}
