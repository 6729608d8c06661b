using System.Globalization;
using HsNas.Evaluation.Scoring;

namespace HsNas.Cli.Predictors.Page;

/// <summary>Figures of the page's tables; "-" where a measure is undefined.</summary>
internal static class PageCells
{
    /// <summary>A mean with its interval.</summary>
    public static string Interval(MeasureSummary? measure) =>
        measure is null ? "-" : Invariant($"{measure.Mean:F3} [{measure.Low:F2}, {measure.High:F2}]");

    /// <summary>A difference with its interval.</summary>
    public static string Difference(MeasureSummary? measure) => measure is null ? "-"
        : Invariant($"{measure.Mean:+0.000;-0.000;0.000} [{measure.Low:+0.00;-0.00;0.00}, {measure.High:+0.00;-0.00;0.00}]");

    /// <summary>A mean alone.</summary>
    public static string Mean(MeasureSummary? measure) => measure is null ? "-" : measure.Mean.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>A row of a table.</summary>
    public static string Row(params ReadOnlySpan<string> cells) => $"| {string.Join(" | ", cells)} |\n";

    /// <summary>A text with its numbers in the invariant culture.</summary>
    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
