namespace HsNas.Evaluation.Scoring;

/// <summary>One test architecture: what was predicted, what training gave.</summary>
/// <param name="ArchitectureId">Identifier in the TFS-Eval file.</param>
/// <param name="DecoderLayers">Decoder depth, for the decision tau.</param>
/// <param name="Predicted">In the predictor's metric.</param>
/// <param name="Actual">Validation BLEU after training from scratch.</param>
/// <param name="Extrapolating">As the predictor declared.</param>
public readonly record struct ScoredArchitecture(
    int ArchitectureId, int DecoderLayers, double Predicted, double Actual, bool Extrapolating);

/// <summary>A predictor's outcome on the test part of one split.</summary>
/// <param name="Seed">The split.</param>
/// <param name="Tests">Not empty.</param>
public sealed record SplitOutcome(string Seed, IReadOnlyList<ScoredArchitecture> Tests);
