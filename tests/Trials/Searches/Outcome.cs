using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Trials.Searches;

/// <summary>The parts of a result that must not depend on when, where and how often anything ran.</summary>
public static class Outcome
{
    /// <summary>
    /// Trace, finalists with their scores, the front of a search with objectives, winner, its training and the predictor's
    /// quality, to the last digit. The front of what was scored is not among them: it is over latencies, which are measured anew.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trace"] = Text(result.Requested.Trace),
            ["finalists"] = Text(result.Requested.Finalists.Select(f => new { f.Architecture.Key, f.Score })),
            ["front"] = Text(result.Requested.Front?.Points.Select(p => new { p.Architecture.Key, p.Score })),
            ["winner"] = Text(result.Requested.Winner?.Architecture.Key),
            ["winner's training"] = Text(result.Requested.Training is { } t ? new { t.ValidLossBits, t.TestBleu } : null),
            ["predictor"] = Text(result.Predictor),
        };
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
