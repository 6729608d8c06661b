using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.EndToEnd.Tests.Support;

/// <summary>Compares what must not depend on when, where and how often something ran.</summary>
internal static class Same
{
    /// <summary>Trace, finalists with their scores, winner and its training are equal to the last digit.</summary>
    public static void Outcome(SearchResult expected, SearchResult actual)
    {
        Assert.Equal(Text(expected.Requested.Trace), Text(actual.Requested.Trace));
        Assert.Equal(Text(expected.Requested.Finalists.Select(f => (f.Architecture.Key, f.Score)).ToList()),
            Text(actual.Requested.Finalists.Select(f => (f.Architecture.Key, f.Score)).ToList()));
        Assert.Equal(expected.Requested.Winner?.Architecture.Key, actual.Requested.Winner?.Architecture.Key);
        Assert.Equal(expected.Requested.Training?.ValidLossBits, actual.Requested.Training?.ValidLossBits);
        Assert.Equal(expected.Requested.Training?.TestBleu, actual.Requested.Training?.TestBleu);
        Assert.Equal(Text(expected.Predictor), Text(actual.Predictor));
    }

    private static string Text<T>(IReadOnlyList<T> items) =>
        string.Join('\n', items.Select(i => JsonSerializer.Serialize(i, Json.Options)));

    private static string Text(PredictorQuality? quality) => JsonSerializer.Serialize(quality, Json.Options);
}
