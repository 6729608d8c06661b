namespace HsNas.Contracts.Requests;

/// <summary>What the labels of a search had taken at a moment.</summary>
/// <param name="Seconds">Since the distillation began.</param>
/// <param name="Calls">Answers used.</param>
/// <param name="Bought">Of these, bought by this distillation; the others were in the ledger.</param>
/// <param name="Tokens">Tokens of all answers used, prompts and completions.</param>
/// <param name="SpentUsd">Paid by this distillation, US dollars; null where a price is not known.</param>
public sealed record SpendPoint(double Seconds, int Calls, int Bought, long Tokens, decimal? SpentUsd);
