using System.Collections.Concurrent;
using HsNas.Predictors;
using HsNas.Spaces;

namespace HsNas.Evolution.Scores;

/// <summary>
/// Scores by (predictor fingerprint, canonical architecture key), across generations and searches. It changes how often a
/// predictor is asked, never what it answers. Safe for concurrent use.
/// </summary>
public sealed class ScoreCache
{
    private readonly ConcurrentDictionary<(string Fingerprint, string Key), double> _scores = new();
    private long _hits;
    private long _misses;

    /// <summary>Scores found.</summary>
    public long Hits => Interlocked.Read(ref _hits);

    /// <summary>Scores that had to be computed.</summary>
    public long Misses => Interlocked.Read(ref _misses);

    /// <summary>All entries, in no particular order, for storing.</summary>
    public IEnumerable<KeyValuePair<(string Fingerprint, string Key), double>> Entries => _scores;

    /// <summary>The score of an architecture, if known.</summary>
    public bool TryGet(string fingerprint, string architectureKey, out double score) => _scores.TryGetValue((fingerprint, architectureKey), out score);

    /// <summary>Remembers a finite score; a known one is kept.</summary>
    public void Add(string fingerprint, string architectureKey, double score)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(double.IsFinite(score), false, nameof(score));
        _scores.TryAdd((fingerprint, architectureKey), score);
    }

    /// <summary>Scores of all <paramref name="architectures"/>, in order; the predictor is asked only for those not known, each once.</summary>
    public async ValueTask<double[]> ScoreAsync(IPerformancePredictor predictor, IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var keys = architectures.Select(a => a.Key).ToArray();
        var missing = new List<Architecture>();
        var asked = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < keys.Length; i++)
        {
            if (!_scores.ContainsKey((predictor.Fingerprint, keys[i])) && asked.Add(keys[i]))
            {
                missing.Add(architectures[i]);
            }
        }

        Interlocked.Add(ref _misses, missing.Count);
        Interlocked.Add(ref _hits, keys.Length - missing.Count);
        if (missing.Count > 0)
        {
            var predictions = await predictor.PredictAsync(missing, cancellationToken);
            for (var i = 0; i < missing.Count; i++)
            {
                Add(predictor.Fingerprint, missing[i].Key, predictions[i].Value);
            }
        }

        return Array.ConvertAll(keys, key => _scores[(predictor.Fingerprint, key)]);
    }
}
