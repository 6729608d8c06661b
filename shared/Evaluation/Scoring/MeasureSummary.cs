namespace HsNas.Evaluation.Scoring;

/// <summary>A measure over several splits.</summary>
/// <param name="Mean">Mean over the splits.</param>
/// <param name="SeedDeviation">Population standard deviation over the splits: a real seed deviation, not the paper's deviation of
/// deviations (docs/method.md, "Evaluating predictors").</param>
/// <param name="Low">Lower end of the 90 % bootstrap interval.</param>
/// <param name="High">Upper end.</param>
public sealed record MeasureSummary(double Mean, double SeedDeviation, double Low, double High);
