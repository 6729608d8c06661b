namespace HsNas.Cli.Screens;

/// <summary>Numbers as a row of small bars, the last ones where there are more than fit.</summary>
internal static class Sparkline
{
    private const string Bars = "▁▂▃▄▅▆▇█";

    /// <summary>One bar a value, the least the lowest and the greatest the highest; all in the middle where they are equal.</summary>
    public static string Of(IReadOnlyList<double> values, int width)
    {
        var shown = values.Skip(Math.Max(0, values.Count - width)).ToList();
        if (shown.Count == 0) return "";
        var (low, high) = (shown.Min(), shown.Max());
        return string.Concat(shown.Select(v => high > low ? Bars[(int)Math.Round((v - low) / (high - low) * (Bars.Length - 1))] : Bars[3]));
    }
}
