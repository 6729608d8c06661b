namespace HsNas.Evaluation.Scoring;

/// <summary>One predictor's line of a scorecard; a measure that is undefined on some split is null.</summary>
/// <param name="Group">"Floor", "In-context regression", "Supernet" and the like.</param>
/// <param name="Predictor">Name.</param>
/// <param name="Mae">Mean absolute error, BLEU.</param>
/// <param name="Tau">Kendall's tau-b.</param>
/// <param name="DecisionTau">Tau-b within equal decoder depth.</param>
/// <param name="Regret">BLEU lost by trusting the predicted best.</param>
/// <param name="TopKRecall">Share of the true best k recovered.</param>
/// <param name="Bias">Predicted minus actual, BLEU.</param>
/// <param name="Extrapolated">Share of the test predictions declared as extrapolations.</param>
public sealed record ScorecardRow(
    string Group,
    string Predictor,
    MeasureSummary? Mae,
    MeasureSummary? Tau,
    MeasureSummary? DecisionTau,
    MeasureSummary? Regret,
    MeasureSummary? TopKRecall,
    MeasureSummary? Bias,
    double Extrapolated);

/// <summary>Predictors compared on one TFS-Eval file, the floors always among them.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Seeds">Names of the splits.</param>
/// <param name="TopK">The k of top-k recall.</param>
/// <param name="Rows">Floors first.</param>
public sealed record Scorecard(string Task, IReadOnlyList<string> Seeds, int TopK, IReadOnlyList<ScorecardRow> Rows)
{
    /// <summary>The row of a predictor.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that name.</exception>
    public ScorecardRow this[string predictor] => Rows.FirstOrDefault(r => r.Predictor == predictor)
        ?? throw new KeyNotFoundException($"No row \"{predictor}\"; there are {string.Join(", ", Rows.Select(r => r.Predictor))}.");
}
