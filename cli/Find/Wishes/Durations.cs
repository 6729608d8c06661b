namespace HsNas.Cli.Find.Wishes;

/// <summary>Lengths of time for people.</summary>
internal static class Durations
{
    /// <summary>"45 s", "12:05 min", "1:30 h".</summary>
    public static string Text(double seconds) => Math.Max(0, (long)Math.Round(seconds)) switch
    {
        < 100 and var s => $"{s} s",
        < 6000 and var s => $"{s / 60}:{s % 60:00} min",
        var s => $"{s / 3600}:{s / 60 % 60:00} h",
    };
}
