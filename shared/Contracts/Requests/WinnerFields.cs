using HsNas.Contracts.Jobs;

namespace HsNas.Contracts.Requests;

/// <summary>The fields of a <see cref="WinnerChoice"/>; a part of <see cref="SearchFields"/>.</summary>
public static class WinnerFields
{
    /// <summary>"winner.steps"</summary>
    public static RequestField Steps { get; } = Count(
        "steps", "Updates of the winner's training; the task's own number where not given.", WinnerChoice.MostSteps, null);

    /// <summary>"winner.checkEvery"</summary>
    public static RequestField CheckEvery { get; } = Count(
        "checkEvery", $"Updates between two looks at the validation loss; one in {WinnerChoice.DefaultChecks} of all where not given.",
        WinnerChoice.MostSteps, null);

    /// <summary>"winner.average"</summary>
    public static RequestField Average { get; } = Count(
        "average", "Last looked-at weights whose mean is tried; it is kept if its validation loss is the best. 1: none is tried.",
        CheckpointChoice.MostAveraged, WinnerChoice.DefaultAverage);

    /// <summary>"winner.patience"</summary>
    public static RequestField Patience { get; } = Count(
        "patience", "Looks in a row without a better validation loss after which the training ends; never where not given.",
        WinnerChoice.MostSteps, null);

    /// <summary>"winner"</summary>
    public static RequestField Group { get; } = new(
        "winner", FieldKind.Group,
        "How the winner is trained: the weights of the best validation loss are kept. Where it is null, the last weights are.")
    {
        IsNullable = true,
        Fields = [Steps, CheckEvery, Average, Patience],
    };

    private static RequestField Count(string name, string meaning, int most, int? fallback)
    {
        var field = new RequestField($"winner.{name}", FieldKind.WholeNumber, meaning)
        {
            Least = 1, Most = most, IsNullable = fallback is null, Default = fallback,
        };
        return field with { Option = field.Option!.Replace("--", "--winner-", StringComparison.Ordinal) };
    }
}
