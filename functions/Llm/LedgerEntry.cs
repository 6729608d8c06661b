namespace HsNas.Functions.Llm;

/// <summary>One bought answer, as stored before it is used.</summary>
/// <param name="Model">Model asked.</param>
/// <param name="ModelVersion">Version in force.</param>
/// <param name="Sample">Sample index; above 0 only where earlier samples were no number.</param>
/// <param name="Answer">Raw text.</param>
/// <param name="Value">The parsed BLEU; null where the answer was no number.</param>
/// <param name="Reason">Why it was no number.</param>
/// <param name="PromptTokens">Tokens paid for.</param>
/// <param name="CompletionTokens">Tokens paid for.</param>
/// <param name="Milliseconds">Duration of the call.</param>
/// <param name="At">When it was bought.</param>
public sealed record LedgerEntry(
    string Model, string ModelVersion, int Sample, string Answer, double? Value, string? Reason,
    int PromptTokens, int CompletionTokens, double Milliseconds, DateTimeOffset At);
