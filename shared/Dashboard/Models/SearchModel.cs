using HsNas.Contracts.Requests;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Dashboard.Models;

/// <summary>Everything that the page of one search shows.</summary>
public sealed record SearchModel
{
    /// <summary>Its line in the list.</summary>
    public required SearchSummary Summary { get; init; }

    /// <summary>How far it is.</summary>
    public required SearchStatus Status { get; init; }

    /// <summary>What was asked for.</summary>
    public required SearchRequest Request { get; init; }

    /// <summary>What may be limited, in the order in which it is shown.</summary>
    public required ConstraintSet Constraints { get; init; }

    /// <summary>Whether it is shown to somebody who may see this search alone, and change nothing.</summary>
    public bool IsShared { get; init; }

    /// <summary>Its stages in time.</summary>
    public IReadOnlyList<StageBar> Stages { get; init; } = [];

    /// <summary>One entry a generation that was ranked.</summary>
    public IReadOnlyList<GenerationTrace> Trace { get; init; } = [];

    /// <summary>What was scored; null before anything was.</summary>
    public Population? Population { get; init; }

    /// <summary>The quantity on the horizontal axis of the population; an id of <see cref="Constraints"/>.</summary>
    public string Axis { get; init; } = ConstraintIds.LatencyMs;

    /// <summary>What its labels had taken, over time.</summary>
    public IReadOnlyList<SpendPoint> Spending { get; init; } = [];

    /// <summary>Which choices the parents made, by generation.</summary>
    public IReadOnlyList<GeneHistory> Genes { get; init; } = [];

    /// <summary>Decisions about the distilled predictors of its task, newest first.</summary>
    public IReadOnlyList<ChampionLine> Champions { get; init; } = [];

    /// <summary>What it found; null before it is finished.</summary>
    public SearchResult? Result { get; init; }

    /// <summary>The request as commands.</summary>
    public required RequestCommands Commands { get; init; }
}

/// <summary>A decision about a distilled predictor.</summary>
/// <param name="At">When.</param>
/// <param name="Fingerprint">Which one.</param>
/// <param name="Outcome">Promoted, kept out, or chosen by hand.</param>
/// <param name="Reason">Why, in words.</param>
/// <param name="Mae">Its mean absolute error on gold architectures, BLEU.</param>
/// <param name="BeforeMae">That of the one in force before; null where there was none.</param>
public sealed record ChampionLine(DateTimeOffset At, string Fingerprint, string Outcome, string Reason, double Mae, double? BeforeMae);

/// <summary>A stage on a line of time.</summary>
/// <param name="Stage">Name, state and progress.</param>
/// <param name="From">Seconds from the start of the search to its own; null where it was not begun.</param>
/// <param name="Jobs">Worker jobs that it waits for.</param>
public sealed record StageBar(StageStatus Stage, double? From, int Jobs)
{
    /// <summary>A worker took one of these jobs once more, because the one before it had died.</summary>
    public BarMarks Again { get; init; } = BarMarks.None;

    /// <summary>An attempt of an activity in the function app failed; it was repeated, or was the last one.</summary>
    public BarMarks Failed { get; init; } = BarMarks.None;
}

/// <summary>Marks in a bar.</summary>
/// <param name="Count">How often it happened.</param>
/// <param name="At">Seconds from the start of the search, ascending: all times, or the last ones of many.</param>
public sealed record BarMarks(int Count, IReadOnlyList<double> At)
{
    /// <summary>It did not happen.</summary>
    public static BarMarks None { get; } = new(0, []);
}

/// <summary>How often parents chose each value of one gene.</summary>
/// <param name="Gene">The gene in words, for example "decoder layers".</param>
/// <param name="Choices">The values that the space allows, ascending.</param>
/// <param name="Shares">By generation: the share of parents with each value, in the order of the choices.</param>
public sealed record GeneHistory(string Gene, IReadOnlyList<int> Choices, IReadOnlyList<GeneShares> Shares);

/// <summary>The parents of one generation.</summary>
/// <param name="Generation">Counted from 1.</param>
/// <param name="Shares">0 to 1 each.</param>
public sealed record GeneShares(int Generation, IReadOnlyList<double> Shares);
