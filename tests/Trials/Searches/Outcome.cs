using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Trials.Searches;

/// <summary>The parts of a result that must not depend on when, where and how often anything ran.</summary>
public static class Outcome
{
    /// <summary>
    /// Trace, finalists (the front) with their scores, winner, its training and the predictor's quality, to the last digit.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(SearchResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        return new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["trace"] = Text(result.Requested.Trace),
            ["front"] = Text(result.Requested.Finalists.Select(f => new { f.Architecture.Key, f.Score })),
            ["winner"] = Text(result.Requested.Winner?.Architecture.Key),
            ["winner's training"] = Text(result.Requested.Training is { } t ? new { t.ValidLossBits, t.TestBleu } : null),
            ["predictor"] = Text(result.Predictor),
        };
    }

    private static string Text<T>(T value) => JsonSerializer.Serialize(value, Json.Options);
}
