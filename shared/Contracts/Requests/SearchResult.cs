using System.Text.Json.Serialization;
using HsNas.Contracts.Fronts;
using HsNas.Contracts.Jobs;
using HsNas.Evolution;

namespace HsNas.Contracts.Requests;

/// <summary>What a finished search found: blob <c>result.json</c>.</summary>
public sealed record SearchResult
{
    /// <summary>The search.</summary>
    public required string Id { get; init; }

    /// <summary>The request as accepted.</summary>
    public required SearchRequest Request { get; init; }

    /// <summary>Hash of the data set; empty where the search neither trained nor scored on text and there was none.</summary>
    public required string Dataset { get; init; }

    /// <summary>Fingerprint of the device that measured.</summary>
    public required string DeviceFingerprint { get; init; }

    /// <summary>The run asked for, and the comparison where one was asked for.</summary>
    public required IReadOnlyList<RunResult> Runs { get; init; }

    /// <summary>The run that was asked for.</summary>
    [JsonIgnore]
    public RunResult Requested => Runs.Single(r => r.Kind == RunKind.Requested);

    /// <summary>The run it is compared with; null unless a comparison was asked for.</summary>
    [JsonIgnore]
    public RunResult? Comparison => Runs.SingleOrDefault(r => r.Kind == RunKind.Comparison);

    /// <summary>Seconds by stage.</summary>
    public required IReadOnlyDictionary<string, double> StageSeconds { get; init; }

    /// <summary>The language model's labels behind the distilled predictor; null where none was used.</summary>
    public LabelStatistics? Labels { get; init; }

    /// <summary>Mean absolute error and Kendall's tau-b of that predictor on the seed architectures it was not shown.</summary>
    public PredictorQuality? Predictor { get; init; }

    /// <summary>The predictor distilled from the supernet; null where none was used.</summary>
    public DistilledSupernetRecord? DistilledSupernet { get; init; }

    /// <summary>Why that predictor is in force, in words; null for results of earlier versions.</summary>
    public string? PredictorReason { get; init; }

    /// <summary>What simpler ways would have found under the same limits, each with its loss; empty where no supernet was used.</summary>
    public IReadOnlyList<SearchFloor> Floors { get; init; } = [];

    /// <summary>Held-out mean absolute percentage error of the latency predictor; null where latency was not needed.</summary>
    public double? LatencyMape { get; init; }

    /// <summary>
    /// At what share of the pace that latencies are given at the device worked while finalists were measured (docs/method.md, "Latency
    /// predictor"); null for results of earlier versions.
    /// </summary>
    public double? DevicePaceShare { get; init; }
}

/// <summary>One search run.</summary>
public sealed record RunResult
{
    /// <summary>Which run of the search.</summary>
    public required RunKind Kind { get; init; }

    /// <summary>What it is called in reports, by what ranked its generations: "HS-NAS", "HAT", "distilled HAT" and the like.</summary>
    public required string Name { get; init; }

    /// <summary>The winner: the best-scored finalist, or the knee of the front. Null where no finalist kept the limits when
    /// measured.</summary>
    public Finalist? Winner { get; init; }

    /// <summary>Finalists in order of score, best first.</summary>
    public required IReadOnlyList<Finalist> Finalists { get; init; }

    /// <summary>
    /// Share of finalists that were measured above the latency limit, 0 to 1; null where latency is not limited. All of them
    /// were predicted to keep it.
    /// </summary>
    public double? FinalistsOverLatency { get; init; }

    /// <summary>The front, measured; null unless the search has objectives. Its knee is the winner.</summary>
    public Front? Front { get; init; }

    /// <summary>One entry a generation.</summary>
    public required IReadOnlyList<GenerationTrace> Trace { get; init; }

    /// <summary>Seconds in generations ranked by the distilled predictor.</summary>
    public required double DistilledSeconds { get; init; }

    /// <summary>Seconds in generations ranked by the supernet.</summary>
    public required double SupernetSeconds { get; init; }

    /// <summary>Candidates that the supernet scored; each distinct architecture once.</summary>
    public required int SupernetScorings { get; init; }

    /// <summary>What that took on the scoring text; null where no generation was ranked by the supernet.</summary>
    public ScoringWork? Work { get; init; }

    /// <summary>
    /// Front of loss and latency over all candidates that were scored in full, lowest loss first; it was not searched for, so better
    /// points may exist. Empty where no supernet was used, and where the search has objectives and a <see cref="Front"/>.
    /// </summary>
    public IReadOnlyList<ScoredPoint> ScoredFront { get; init; } = [];

    /// <summary>What each ranker did, by its id.</summary>
    public required IReadOnlyDictionary<string, RankerTally> Rankers { get; init; }

    /// <summary>Things a reader of the result must know.</summary>
    public IReadOnlyList<string> Notices { get; init; } = [];

    /// <summary>The winner's training from scratch; null where not asked for or there is no winner.</summary>
    public TrainFromScratchResult? Training { get; init; }
}

/// <summary>What the labels took.</summary>
/// <param name="Model">Model asked, as it calls itself.</param>
/// <param name="Labels">Architectures labelled.</param>
/// <param name="Calls">Answers in the ledger for them, those bought by earlier runs included.</param>
/// <param name="Bought">Calls made by this distillation.</param>
/// <param name="PromptTokens">Tokens of all answers used.</param>
/// <param name="CompletionTokens">Tokens of all answers used.</param>
public sealed record LabelStatistics(string Model, int Labels, int Calls, int Bought, long PromptTokens, long CompletionTokens)
{
    /// <summary>Of the prompt tokens, those read from the provider's cache.</summary>
    public long CachedTokens { get; init; }

    /// <summary>Of the completion tokens, those of hidden reasoning.</summary>
    public long ReasoningTokens { get; init; }

    /// <summary>Price of all answers used as it was when they were bought, US dollars; null where a price is not known.</summary>
    public decimal? CostUsd { get; init; }

    /// <summary>Of that, what this distillation paid itself.</summary>
    public decimal? SpentUsd { get; init; }

    /// <summary>Answers that refused.</summary>
    public int Refused { get; init; }

    /// <summary>Answers cut off at the token limit.</summary>
    public int Truncated { get; init; }

    /// <summary>Answers that could not be read.</summary>
    public int Unreadable { get; init; }

    /// <summary>Architectures left out because no answer for them was usable.</summary>
    public int Unanswered { get; init; }

    /// <summary>Attempts that the server refused with 429.</summary>
    public int Throttled { get; init; }

    /// <summary>Attempts that failed otherwise.</summary>
    public int Failed { get; init; }
}

/// <summary>Predicted against trained BLEU of seed architectures.</summary>
/// <param name="Mae">Mean absolute error in BLEU.</param>
/// <param name="Tau">Kendall's tau-b; null where undefined.</param>
/// <param name="FloorMae">The depth floor's, on the same architectures.</param>
/// <param name="FloorTau">The depth floor's.</param>
/// <param name="Points">Predicted and trained.</param>
public sealed record PredictorQuality(
    double Mae, double? Tau, double FloorMae, double? FloorTau, IReadOnlyList<PredictedAndTrained> Points);

/// <summary>One seed architecture.</summary>
/// <param name="Predicted">Predicted validation BLEU.</param>
/// <param name="Trained">Trained validation BLEU.</param>
/// <param name="Shown">Whether it was a demonstration.</param>
public sealed record PredictedAndTrained(double Predicted, double Trained, bool Shown);

/// <summary>A predictor distilled from a supernet ("distilled HAT").</summary>
/// <param name="Model">Blob of the MLP.</param>
/// <param name="Labels">Architectures the supernet labelled.</param>
/// <param name="FitRmseBits">Root mean square error against those labels, bits per token.</param>
/// <param name="HeldOutRmseBits">The same on a held-out tenth.</param>
public sealed record DistilledSupernetRecord(string Model, int Labels, double FitRmseBits, double HeldOutRmseBits);
