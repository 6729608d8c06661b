namespace HsNas.Contracts.Requests;

/// <summary>The fields of a <see cref="TextDistillation"/>; a part of <see cref="SearchFields"/>.</summary>
public static class TextFields
{
    /// <summary>"distilText.teacher"</summary>
    public static RequestField Teacher { get; } = new(
        "distilText.teacher", FieldKind.Text,
        $"Who translates: {TextDistillation.Largest}, the largest architecture of the space, which is trained for it; the id of a "
        + "finished search on the same data set, whose winner does; or that of a model that was stored with 'hsnas model put'.")
    {
        Default = TextDistillation.Largest,
        Pattern = "^[A-Za-z0-9]{1,64}$",
        PatternFault = $"must be {TextDistillation.Largest}, or the id of a search or of a stored model.",
        Option = "--distil-text",
    };

    /// <summary>"distilText.steps"</summary>
    public static RequestField Steps { get; } = new(
        "distilText.steps", FieldKind.WholeNumber,
        $"Updates of the largest architecture's training; {TextDistillation.UpdatesPerWinners} times the winner's where not given.")
    {
        Least = 1, Most = WinnerChoice.MostSteps, IsNullable = true, Option = "--distil-text-steps",
    };

    /// <summary>"distilText"</summary>
    public static RequestField Group { get; } = new(
        "distilText", FieldKind.Group,
        "Trains the winner on a teacher's translations of the training text. Where it is null, on the references.")
    {
        IsNullable = true,
        Fields = [Teacher, Steps],
    };
}
