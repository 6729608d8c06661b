namespace OnnxTranslate;

/// <summary>The file <c>generation.json</c>.</summary>
/// <param name="Begin">Id that is never an output.</param>
/// <param name="Padding">Id that fills sources up on the right; never an output.</param>
/// <param name="End">Id that ends sources and outputs, and the first token that the decoder is given.</param>
/// <param name="Beam">Hypotheses kept a sentence; 1 is greedy.</param>
/// <param name="LengthPenalty">A hypothesis scores sum log p / length^this, the end mark counted.</param>
/// <param name="MaxLength">Longest output, the end mark included.</param>
/// <param name="MaxSourceLength">Longest source, the end mark included.</param>
internal sealed record Generation(
    int Begin, int Padding, int End, int Beam, double LengthPenalty, int MaxLength, int MaxSourceLength);
