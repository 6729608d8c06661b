using HsNas.Predictors.Prompting;

namespace HsNas.Predictors.LanguageModels;

/// <summary>
/// What answers prompts: a language model behind a ledger, a replayed ledger, or a regression in its place. It handles retries,
/// rate limits and budgets itself. What it returns is final.
/// </summary>
public interface ILabelSource
{
    /// <summary>Identifies model, version and sampling settings; part of the predictor's fingerprint.</summary>
    string Fingerprint { get; }

    /// <summary>BLEU for each prompt, in order, each 0 to 100 as <see cref="AnswerParser"/> read it.</summary>
    /// <exception cref="LabelUnavailableException">No usable answer was to be had for a prompt.</exception>
    ValueTask<IReadOnlyList<double>> LabelAsync(IReadOnlyList<Prompt> prompts, CancellationToken cancellationToken = default);
}

/// <summary>A prompt got no usable answer; the message says why.</summary>
public sealed class LabelUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
