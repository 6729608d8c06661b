using HsNas.Contracts.Jobs;
using HsNas.Evolution;
using HsNas.Evolution.Constraints;

namespace HsNas.Contracts.Requests;

/// <summary>What a user asks for, by HTTP or as a blob. <see cref="SearchFields"/> says what each field may be.</summary>
public sealed record SearchRequest
{
    /// <summary>The paper's settings, and populations without repeats, which would only be scored for nothing.</summary>
    public static EvolutionOptions DefaultEvolution { get; } = new() { DistinctPopulation = true };

    /// <summary>Name of a task.</summary>
    public required string Task { get; init; }

    /// <summary>Name of the target device: latencies measured for one name are reused for it.</summary>
    public string Device { get; init; } = "default";

    /// <summary>
    /// What the model will run in: one of <see cref="LatencyRuntimes"/>. Latencies are measured, predicted and limited in it.
    /// </summary>
    public string Runtime { get; init; } = LatencyRuntimes.Torch;

    /// <summary>Hard limits.</summary>
    public SearchConstraints Limits { get; init; } = new();

    /// <summary>
    /// Probability with which a proposed architecture keeps the latency limit; the limit is compared with upper bounds of this
    /// confidence. Null: with predictions.
    /// </summary>
    public double? LatencyConfidence { get; init; }

    /// <summary>
    /// What is traded off, by the names of <see cref="ConstraintSet.Objectives"/>: quality and one or two others. Null: the search
    /// is for the best quality alone.
    /// </summary>
    public IReadOnlyList<string>? Objectives { get; init; }

    /// <summary>The weight-sharing supernet that ranks the other generations.</summary>
    public SupernetChoice Supernet { get; init; } = new();

    /// <summary>Teacher of the distilled predictor: one of <see cref="PredictorTeachers"/>.</summary>
    public string Teacher { get; init; } = PredictorTeachers.LanguageModel;

    /// <summary>Which generations the distilled predictor ranks; null: the first half.</summary>
    public HybridSchedule? Window { get; init; }

    /// <summary>How the supernet ranks a generation: one of <see cref="ScoringModes"/>.</summary>
    public string Scoring { get; init; } = ScoringModes.Surrogate;

    /// <summary>Settings of the evolution.</summary>
    public EvolutionOptions Evolution { get; init; } = DefaultEvolution;

    /// <summary>Architectures that the teacher labels, where there are no labels yet.</summary>
    public int Labels { get; init; } = LabelCount.Default;

    /// <summary>
    /// Most that labels may cost this search, US dollars; null: no limit. Asking stops before it would be passed. Answers that were
    /// bought stay in the ledger, and a later search does not pay for them again.
    /// </summary>
    public double? MaxCostUsd { get; init; }

    /// <summary>Also runs the plain supernet search (HAT) under the same limits and budget.</summary>
    public bool Compare { get; init; }

    /// <summary>Trains the winner from scratch and reports its BLEU.</summary>
    public bool TrainWinner { get; init; } = true;

    /// <summary>How the winner is trained; null: the task's own number of updates, and the last weights are kept.</summary>
    public WinnerChoice? Winner { get; init; }

    /// <summary>A model on whose translations the winner is trained; null: on the references.</summary>
    public TextDistillation? DistilText { get; init; }

    /// <summary>Name under which the device's latencies in the runtime are kept.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string LatencyName => Runtime == LatencyRuntimes.Torch ? Device : $"{Device}.{Runtime}";

    /// <summary>The runtime as jobs that measure latency name it: null for torch.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string? MeasuredRuntime => Runtime == LatencyRuntimes.Torch ? null : Runtime;

    /// <summary>The window in force.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public HybridSchedule Schedule => Window ?? HybridSchedule.FirstHalf(Evolution.Iterations);

    /// <summary>
    /// The settings in force. Scores of the window and of the supernet cannot be compared, and a result of the window alone was not
    /// asked for: so a search that converges ends behind the window.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public EvolutionOptions EvolutionInForce =>
        Evolution.Convergence is { } stop && UsesDistilled && !Schedule.CoversAll(Evolution.Iterations)
        ? Evolution with { Convergence = stop with { EarliestGeneration = Math.Min(Schedule.End + 1, Evolution.Iterations) } }
        : Evolution;

    /// <summary>
    /// The way of scoring in force. With objectives any candidate may become a parent, so none may be left out: all are scored in full.
    /// </summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string ScoringInForce => Objectives is null ? Scoring : ScoringModes.Full;

    /// <summary>Whether any generation is ranked by a distilled predictor.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool UsesDistilled => Schedule != HybridSchedule.Never;

    /// <summary>Whether that predictor is distilled from the language model's answers.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool UsesLanguageModel => UsesDistilled && Teacher == PredictorTeachers.LanguageModel;

    /// <summary>Whether a supernet ranks a generation, labels for the distilled predictor, or is compared with.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool UsesSupernet => (UsesDistilled && !UsesLanguageModel) || Compare || !Schedule.CoversAll(Evolution.Iterations);

    /// <summary>Whether anything is trained or scored on the task's text: a supernet, or the winner.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool UsesText => UsesSupernet || TrainWinner;
}
