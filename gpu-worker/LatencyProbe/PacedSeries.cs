using System.Text.Json.Serialization;
using HsNas.Contracts.Jobs;
using HsNas.Kernel.Statistics;
using HsNas.Spaces;

namespace HsNas.GpuWorker.LatencyProbe;

/// <summary>Architectures in the middle of being timed, in several passes over all of them. Stored as it is when a job is saved.</summary>
/// <param name="Device">Fingerprint of the device and the runtime that timed them.</param>
/// <param name="Timings">Of each architecture, those of the passes so far.</param>
internal sealed record PacedSeries(string Device, IReadOnlyList<List<PacedTimings>> Timings)
{
    /// <summary>Nothing timed yet.</summary>
    public static PacedSeries Start(string device, int architectures) =>
        new(device, [.. Enumerable.Range(0, architectures).Select(_ => new List<PacedTimings>())]);

    /// <summary>All passes at once: for programs that keep nothing of a measurement that is stopped.</summary>
    public static PacedSeries Of(PacedProbe probe, IReadOnlyList<Architecture> architectures, int passes, int runs)
    {
        var series = Start(probe.Device, architectures.Count);
        while (series.Done < passes * architectures.Count) series.Next(probe, architectures, runs, CancellationToken.None);
        return series;
    }

    /// <summary>How many timings there are.</summary>
    [JsonIgnore]
    public int Done => Timings.Sum(t => t.Count);

    /// <summary>Times the next architecture in turn.</summary>
    public PacedTimings Next(PacedProbe probe, IReadOnlyList<Architecture> architectures, int runs, CancellationToken cancellationToken)
    {
        var index = Done % architectures.Count;
        var timings = probe.Measure(architectures[index], runs, cancellationToken);
        Timings[index].Add(timings);
        return timings;
    }

    /// <summary>The measurements at the fastest pace that was seen, because other work only ever slows a device.</summary>
    public MeasureLatencyResult Result()
    {
        var seen = Timings.SelectMany(t => t).Select(t => t.PaceMs).ToList();
        if (seen.Count == 0) return new MeasureLatencyResult(Device, []);
        var paceMs = seen.Min();
        return new MeasureLatencyResult(Device, [.. Timings.Select(t => PacedTimings.At(paceMs, t))])
        {
            PaceMs = paceMs, SeenPaceMs = Quantiles.Median(seen),
        };
    }
}
