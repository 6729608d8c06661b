using HsNas.Cli.Data;

namespace HsNas.Cli.Find.Wishes;

/// <summary>What <c>find</c> is asked for.</summary>
/// <param name="Train">The user's text.</param>
/// <param name="Valid">Validation text; a fiftieth of the text where null.</param>
/// <param name="Test">Test text; a fiftieth of the text where null.</param>
/// <param name="LatencyMs">Latency limit, milliseconds a sentence of average length.</param>
/// <param name="Budget">How long all of it may take.</param>
/// <param name="Languages">Codes of source and target language; from the file names where null.</param>
/// <param name="Out">Folder for the model; in the work folder where null.</param>
internal sealed record FindWish(
    ParallelFiles Train, ParallelFiles? Valid, ParallelFiles? Test, double LatencyMs, TimeSpan Budget,
    (string Source, string Target)? Languages, string? Out);
