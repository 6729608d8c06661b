namespace HsNas.Evolution;

/// <summary>What ranking a generation by a supernet took, and who decided about its candidates.</summary>
/// <param name="SentenceEvaluations">Sentences times candidates that the supernet was run on for this answer.</param>
/// <param name="NewlyScored">Candidates that it was run on for this answer.</param>
/// <param name="ByArchitecture">Candidates decided by their architecture alone; no sentence of theirs was ever scored.</param>
/// <param name="ByFirstBlocks">Candidates decided by a part of the text.</param>
/// <param name="InFull">Candidates whose loss on the whole text is known.</param>
public sealed record RankingWork(long SentenceEvaluations, int NewlyScored, int ByArchitecture, int ByFirstBlocks, int InFull);
