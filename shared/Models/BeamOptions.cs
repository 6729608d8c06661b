namespace HsNas.Models;

/// <summary>Settings of beam search (docs/method.md, "Decoding and BLEU").</summary>
/// <param name="Beam">Hypotheses kept a sentence; with 1 the search is greedy.</param>
/// <param name="LengthPenalty">A finished hypothesis scores sum log p / length^this, the end mark counted.</param>
/// <param name="MaxLength">Longest output, the end mark included.</param>
public sealed record BeamOptions(int Beam = 4, double LengthPenalty = 0.6, int MaxLength = 200);
