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
        Assert.Equal(Text(expected.HsNas.Trace), Text(actual.HsNas.Trace));
        Assert.Equal(Text(expected.HsNas.Finalists.Select(f => (f.Architecture.Key, f.Score)).ToList()), Text(actual.HsNas.Finalists.Select(f => (f.Architecture.Key, f.Score)).ToList()));
        Assert.Equal(expected.HsNas.Winner?.Architecture.Key, actual.HsNas.Winner?.Architecture.Key);
        Assert.Equal(expected.HsNas.Training?.ValidLossBits, actual.HsNas.Training?.ValidLossBits);
        Assert.Equal(expected.HsNas.Training?.TestBleu, actual.HsNas.Training?.TestBleu);
        Assert.Equal(Text(expected.Predictor), Text(actual.Predictor));
    }

    private static string Text<T>(IReadOnlyList<T> items) => string.Join('\n', items.Select(i => JsonSerializer.Serialize(i, Json.Options)));

    private static string Text(PredictorQuality? quality) => JsonSerializer.Serialize(quality, Json.Options);
}
