using System.Globalization;
using HsNas.Contracts.Requests;

namespace HsNas.Reporting;

/// <summary>
/// Whether proposed architectures kept the latency limit when they were measured (docs/method.md, "The latency that was
/// promised").
/// </summary>
public static class LatencyPromise
{
    /// <summary>Share of measured finalists above <paramref name="limitMs"/>, 0 to 1; null without a limit or a measurement.</summary>
    public static double? ShareOver(IReadOnlyList<Finalist> finalists, double? limitMs)
    {
        var measured = finalists.Where(f => f.Measured is not null).ToList();
        return limitMs is { } limit && measured.Count > 0
            ? (double)measured.Count(f => f.Measured!.TotalMean > limit) / measured.Count
            : null;
    }

    /// <summary>A sentence on the finalists of the run asked for; null where latency was not limited.</summary>
    public static string? Sentence(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var (limit, confidence) = (result.Request.Limits.LatencyMs, result.Request.LatencyConfidence);
        if (limit is null || result.Requested.FinalistsOverLatency is not { } share) return null;
        var judged = confidence is { } c ? Invariant($"upper bounds of confidence {c}") : "predictions";
        var bound = result.Requested.Winner?.PredictedBoundMs is { } b ? Invariant($" The winner's bound was {b:0.###} ms.") : "";
        var broken = confidence is { } promised && share > 1 - promised + 1e-9
            ? Invariant($" That is more than {1 - promised:P0}: this device, or what the search prefers, differs from what was measured.")
            : "";
        return Invariant($"The search compared the latency limit {limit:0.###} ms with {judged}; {share:P0} of the finalists were ")
            + $"measured above it.{bound}{broken}";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
