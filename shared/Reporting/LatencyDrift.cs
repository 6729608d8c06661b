using System.Globalization;
using HsNas.Contracts.Requests;
using HsNas.Kernel.Statistics;

namespace HsNas.Reporting;

/// <summary>
/// Whether a device still is what it was when its latencies were measured. Finalists are measured again at the end; if all of
/// them take longer than predicted by the same factor, the device has changed and the predictor is not at
/// fault. Published data sets drift too (docs/method.md, "Latency predictor").
/// </summary>
public static class LatencyDrift
{
    // Beyond three times its held-out error a predictor is not merely wrong, and less than a fifth is no news.
    private const double Errors = 3;
    private const double Least = 0.2;

    // A device that yields a third of its time to others is no news on a shared machine.
    private const double BusyShare = 0.67;

    /// <summary>Median of measured over predicted latency of all finalists; null where none has both.</summary>
    public static double? Of(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var ratios = result.Requested.Finalists.Concat(result.Comparison?.Finalists ?? [])
            .Where(f => f is { Measured: not null, PredictedMs: > 0 })
            .Select(f => f.Measured!.TotalMean / f.PredictedMs!.Value)
            .ToList();
        return ratios.Count == 0 ? null : Quantiles.Median(ratios);
    }

    /// <summary>A sentence where the device worked much slower than at the pace that latencies are given at; null otherwise.</summary>
    public static string? PaceNotice(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return result.DevicePaceShare is not < BusyShare ? null : string.Create(CultureInfo.InvariantCulture,
            $"This device was busy, or has become slower: while finalists were measured it worked at {100 * result.DevicePaceShare:0} % of "
                + $"the pace that latencies are given at.");
    }

    /// <summary>A sentence where finalists ran much slower or faster than predicted; null otherwise.</summary>
    public static string? Warning(SearchResult result)
    {
        if (Of(result) is not { } ratio) return null;
        var tolerance = Math.Max(Least, Errors * (result.LatencyMape ?? 0) / 100);
        if (ratio <= 1 + tolerance && ratio >= 1 / (1 + tolerance)) return null;
        return string.Create(CultureInfo.InvariantCulture,
            $"Finalists took {ratio:0.0} times their predicted latency when measured (median): this device is "
                + $"{(ratio > 1 ? "slower" : "faster")} now than when its latencies were measured, or busy. Limits were judged by the "
                + $"measured figures.");
    }
}
