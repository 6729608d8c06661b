using HsNas.Models;
using HsNas.Translation;

namespace HsNas.Onnx;

/// <summary>
/// How translations are made with the graphs: the file <c>generation.json</c>. It says what the worker's beam search does
/// (docs/method.md, "Decoding and BLEU").
/// </summary>
/// <param name="Begin">Id of the begin mark; never an output.</param>
/// <param name="Padding">Id that fills sources up on the right; never an output.</param>
/// <param name="End">Id that ends sources and outputs, and the first token that the decoder is given.</param>
/// <param name="Unknown">Id of characters that the vocabulary lacks.</param>
/// <param name="Beam">Hypotheses kept a sentence.</param>
/// <param name="LengthPenalty">A finished hypothesis scores sum log p / length^this, the end mark counted.</param>
/// <param name="MaxLength">Longest output, the end mark included: the last position can only end.</param>
/// <param name="MaxSourceLength">Longest source, the end mark included.</param>
public sealed record GenerationSettings(
    int Begin, int Padding, int End, int Unknown, int Beam, double LengthPenalty, int MaxLength, int MaxSourceLength)
{
    /// <summary>The settings of every model here.</summary>
    public static GenerationSettings Of(BeamOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return new(BytePairVocabulary.Begin, BytePairVocabulary.Padding, BytePairVocabulary.End, BytePairVocabulary.Unknown, options.Beam,
            options.LengthPenalty, Math.Min(options.MaxLength, PositionTable.MaxLength), PositionTable.MaxLength);
    }
}
