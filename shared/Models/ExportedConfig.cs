using HsNas.Spaces;

namespace HsNas.Models;

/// <summary>What an exported model is: its file <c>config.json</c>.</summary>
/// <param name="Format">Version of this form: 1.</param>
/// <param name="Task">Task name.</param>
/// <param name="Source">Source language.</param>
/// <param name="Target">Target language.</param>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="QkvDim">Width of queries, keys and values.</param>
/// <param name="PositionDim">Width of the sinusoidal table, of which positions are a prefix.</param>
/// <param name="VocabularySize">Rows of the embedding table.</param>
/// <param name="Parameters">Parameters as the cost model counts them: one table of decoder width.</param>
/// <param name="EncoderOnlyParameters">Further columns of the table that only a wider encoder reads.</param>
/// <param name="Scores">What was measured; null where nothing was.</param>
/// <param name="Provenance">Where the weights come from.</param>
public sealed record ExportedConfig(
    int Format, string Task, string Source, string Target, Architecture Architecture, int QkvDim, int PositionDim, int VocabularySize,
    long Parameters, long EncoderOnlyParameters, ExportedScores? Scores, ExportedProvenance Provenance)
{
    /// <summary>The form written by this version.</summary>
    public const int CurrentFormat = 1;
}

/// <summary>Scores of an exported model.</summary>
/// <param name="ValidLossBits">Validation loss, bits per token.</param>
/// <param name="ValidBleu">BLEU on the validation part, tokens of 13a.</param>
/// <param name="TestBleu">BLEU on the test part, tokens of 13a.</param>
/// <param name="Signature">What these BLEU scores are, in SacreBLEU's terms.</param>
public sealed record ExportedScores(double ValidLossBits, double ValidBleu, double TestBleu, string Signature);

/// <summary>Where exported weights come from.</summary>
/// <param name="Job">The training job.</param>
/// <param name="Dataset">Hash of the data set.</param>
/// <param name="Text">Where its text came from.</param>
/// <param name="Steps">Updates.</param>
/// <param name="Warmup">Warm-up updates.</param>
/// <param name="Seed">The training's seed.</param>
/// <param name="Device">Fingerprint of the device that trained.</param>
/// <param name="TextTeacher">The model on whose translations it was trained; null where it was trained on the references.</param>
public sealed record ExportedProvenance(
    string Job, string Dataset, string Text, int Steps, int Warmup, long Seed, string Device, string? TextTeacher = null);
