using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace HsNas.Functions.Hosting;

/// <summary>
/// What the function app traces and counts. Counts are of work done: an activity that is run again after a kill counts again.
/// </summary>
internal static class FunctionsTelemetry
{
    /// <summary>Name of the source and of the meter.</summary>
    public const string Name = "HsNas.Functions";

    /// <summary>Spans.</summary>
    public static readonly ActivitySource Source = new(Name);

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Evaluations = Meter.CreateCounter<long>(
        "hsnas.evaluations", "{architecture}", "Architectures that a predictor ranked.");
    private static readonly Counter<long> CacheHits = Meter.CreateCounter<long>(
        "hsnas.score_cache.hits", "{architecture}", "Architectures whose supernet score was known.");
    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>(
        "hsnas.function.duration", "s", "Time of one invocation.");

    private static readonly Gauge<double> Silence = Meter.CreateGauge<double>(
        "hsnas.search.silence", "s", "Since the running search that has been silent longest was last heard of; 0 where none runs.");

    /// <summary>The running search that has been silent longest was last heard of so long ago.</summary>
    public static void Silent(TimeSpan time) => Silence.Record(time.TotalSeconds);

    /// <summary>Architectures were ranked; <paramref name="predictor"/> is "distilled" or "supernet".</summary>
    public static void Evaluated(int count, string predictor) =>
        Evaluations.Add(count, new KeyValuePair<string, object?>("predictor", predictor));

    /// <summary>Supernet scores were known already.</summary>
    public static void CacheHit(int count) => CacheHits.Add(count);

    /// <summary>A function ran.</summary>
    public static void Invoked(string function, bool failed, TimeSpan duration) => Durations.Record(
        duration.TotalSeconds, new("function", function), new("outcome", failed ? "failed" : "done"));
}
