using System.Collections.Concurrent;
using HsNas.Dashboard.Models;
using HsNas.Functions.Predictors;

namespace HsNas.Functions.Ui;

/// <summary>Decisions about distilled predictors, read again after a minute: they are made by the day. Safe for concurrent use.</summary>
public sealed class ChampionHistories(PredictorStore predictors, TimeProvider time)
{
    private const int Most = 10;
    private static readonly TimeSpan Age = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, (DateTimeOffset At, IReadOnlyList<ChampionLine> Lines)> _known =
        new(StringComparer.Ordinal);

    /// <summary>The newest decisions of a task, newest first.</summary>
    public async Task<IReadOnlyList<ChampionLine>> OfAsync(string task, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(task, out var known) && now - known.At < Age) return known.Lines;
        var decisions = await predictors.DecisionsAsync(task, Most, cancellationToken);
        IReadOnlyList<ChampionLine> lines = [.. decisions.Select(d => new ChampionLine(
            d.At, d.Fingerprint, d.Outcome.ToString().ToLowerInvariant(), d.Reason, d.Challenger.Mae, d.ChampionMae))];
        _known[task] = (now, lines);
        return lines;
    }
}
