using System.Globalization;
using HsNas.Kernel;
using HsNas.Predictors.Prompting;
using HsNas.Spaces;

namespace HsNas.Predictors.LanguageModels;

/// <summary>LLM-PP: a language model estimates BLEU from the demonstrations in its prompt (paper section 3).</summary>
/// <param name="prompts">Renders the question.</param>
/// <param name="labels">Answers it.</param>
public sealed class LlmPredictor(PromptBuilder prompts, ILabelSource labels) : IPerformancePredictor
{
    private readonly DemonstratedRange _range = DemonstratedRange.Of(prompts.Demonstrations);

    /// <inheritdoc/>
    public string Name => "LLM-PP";

    /// <inheritdoc/>
    public string Metric => Metrics.ValidationBleu;

    /// <inheritdoc/>
    public MetricDirection Direction => MetricDirection.HigherIsBetter;

    /// <inheritdoc/>
    public string Fingerprint { get; } =
        $"llm-pp-{Hashing.Short($"{labels.Fingerprint}\n{prompts.Options.PaperFlopsError}\n{prompts.Prefix}")}";

    /// <inheritdoc/>
    /// <exception cref="LabelUnavailableException">The source failed, or gave a number that is no BLEU.</exception>
    public async ValueTask<IReadOnlyList<Prediction>> PredictAsync(
        IReadOnlyList<Architecture> architectures, CancellationToken cancellationToken = default)
    {
        var answers = await labels.LabelAsync([.. architectures.Select(prompts.Build)], cancellationToken);
        if (answers.Count != architectures.Count)
        {
            throw new LabelUnavailableException($"{answers.Count} answers came back for {architectures.Count} prompts.");
        }

        return [.. architectures.Zip(answers, (a, value) => new Prediction(Check(value, a), !_range.Covers(a)))];
    }

    private static double Check(double value, Architecture architecture) => value is >= 0 and <= 100
        ? value
        : throw new LabelUnavailableException(
            $"The answer for {architecture} is {value.ToString(CultureInfo.InvariantCulture)}; expected 0 to 100.");
}
