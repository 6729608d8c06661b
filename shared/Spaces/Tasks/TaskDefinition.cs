namespace HsNas.Spaces;

/// <summary>
/// A translation task as data: everything the algorithms need to know about it. Built-in tasks are the files of
/// <c>Tasks/Definitions</c>; a user adds one by adding a file or a blob of the same form.
/// </summary>
public sealed record TaskDefinition
{
    /// <summary>Whether a task may be called that.</summary>
    public static bool IsName(string name) =>
        name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>Identifier in requests and blob names: lower-case letters, digits and hyphens, at most 40 characters.</summary>
    public required string Name { get; init; }

    /// <summary>One sentence on what the text is.</summary>
    public required string Description { get; init; }

    /// <summary>Name of the data set and direction as the prompt states it, for example "WMT'14 English to German".</summary>
    public required string PromptName { get; init; }

    /// <summary>Source language code, for example "en".</summary>
    public required string Source { get; init; }

    /// <summary>Target language code, for example "de".</summary>
    public required string Target { get; init; }

    /// <summary>Size V of the joint vocabulary, as the cost model counts it.</summary>
    public required int VocabularySize { get; init; }

    /// <summary>Source tokens S of the profiled sentence (docs/method.md, "Cost model" and "Latency predictor").</summary>
    public required int ProfileSourceLength { get; init; }

    /// <summary>Target tokens of the profiled sentence.</summary>
    public required int ProfileTargetLength { get; init; }

    /// <summary>The architectures that may be searched.</summary>
    public required SearchSpace Space { get; init; }

    /// <summary>How models of this task are trained; null where the task is only predicted and searched, never trained here.</summary>
    public TrainingRecipe? Training { get; init; }
}
