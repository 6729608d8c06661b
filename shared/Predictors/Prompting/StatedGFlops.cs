using System.Globalization;

namespace HsNas.Predictors.Prompting;

/// <summary>
/// GFLOPs to the precision a prompt states them: one decimal, as published; models below one GFLOP would all read 0.0, so
/// they get three significant digits. Regressions on prompts use the same numbers as the reader of the prompt sees.
/// </summary>
public static class StatedGFlops
{
    private const int MostDecimals = 9;

    /// <summary>The number as a prompt shows it.</summary>
    public static string Format(double gflops) => gflops.ToString($"F{Decimals(gflops)}", CultureInfo.InvariantCulture);

    /// <summary>The number as a reader of the prompt knows it.</summary>
    public static double Round(double gflops) => Math.Round(gflops, Decimals(gflops));

    private static int Decimals(double gflops) =>
        gflops is >= 1 or <= 0 ? 1 : Math.Min(2 - (int)Math.Floor(Math.Log10(gflops)), MostDecimals);
}
