using System.Collections.Concurrent;

namespace HsNas.Functions.Jobs;

/// <summary>
/// What was last read of jobs, and when. What was read once nobody waited for the job any more is the last. Safe for concurrent use.
/// </summary>
internal sealed class JobReadings<T>(TimeProvider time)
{
    private const int MostEntries = 10_000;

    private readonly ConcurrentDictionary<string, Reading> _known = new(StringComparer.Ordinal);

    /// <summary>What is known of a job, and how old that is; null where nothing is.</summary>
    public (T Value, TimeSpan Age, bool IsLast)? Find(string jobId) =>
        _known.TryGetValue(jobId, out var known) ? (known.Value, time.GetElapsedTime(known.At), known.IsLast) : null;

    /// <summary>Keeps what was asked for at <paramref name="at"/>, a timestamp, unless something newer is known by now.</summary>
    public void Keep(string jobId, T value, long at, bool isLast)
    {
        if (_known.Count >= MostEntries) _known.Clear();
        // A stage that has ended may have read the last one meanwhile.
        _known.AddOrUpdate(jobId, _ => new Reading(value, at, isLast), (_, old) => old.At > at ? old : new Reading(value, at, isLast));
    }

    private sealed record Reading(T Value, long At, bool IsLast);
}
