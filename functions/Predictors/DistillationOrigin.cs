namespace HsNas.Functions.Predictors;

/// <summary>What a distilled predictor is made of. Where the task's origin of today differs, there is reason to distil anew.</summary>
/// <param name="Seeds">Hash of the task's seed architectures and their BLEU.</param>
/// <param name="Prompt">Hash of the prompt without its test architecture.</param>
/// <param name="Model">Model or deployment.</param>
/// <param name="ModelVersion">Its version, as settings name it.</param>
/// <param name="Settings">Settings that change answers.</param>
/// <param name="Shown">Keys of the demonstrated architectures; no predictor is judged on them.</param>
public sealed record DistillationOrigin(
    string Seeds, string Prompt, string Model, string ModelVersion, string Settings, IReadOnlyList<string> Shown);
