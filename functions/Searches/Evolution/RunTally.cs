using HsNas.Contracts.Requests;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>What a run has done so far.</summary>
/// <param name="Generation">The generation to do next, counted from 1.</param>
/// <param name="Rankers">What each ranker did, by its id.</param>
/// <param name="Best">Best score of the last generation; null before the first.</param>
/// <param name="Metric">Its metric.</param>
public sealed record RunTally(int Generation, IReadOnlyDictionary<string, RankerTally> Rankers, double? Best, string? Metric)
{
    /// <summary>A run at its start.</summary>
    public static RunTally Start { get; } = new(1, new Dictionary<string, RankerTally>(), null, null);

    /// <summary>What a ranker did; nothing where it ranked no generation.</summary>
    public RankerTally Of(string ranker) => Rankers.GetValueOrDefault(ranker) ?? RankerTally.None;

    /// <summary>The run after a generation that took <paramref name="seconds"/>.</summary>
    public RunTally After(GenerationStep step, double seconds)
    {
        ArgumentNullException.ThrowIfNull(step);
        var rankers = new Dictionary<string, RankerTally>(Rankers, StringComparer.Ordinal)
        {
            [step.Ranker] = Of(step.Ranker).Plus(seconds, step.NewScores),
        };
        return new RunTally(Generation + 1, rankers, step.Best, step.Metric);
    }
}
