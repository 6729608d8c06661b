using HsNas.Functions.Jobs;

namespace HsNas.Functions.Searches;

/// <summary>Custom status of a search: every stage that was begun.</summary>
/// <param name="Stages">By stage name.</param>
public sealed record StageMarks(Dictionary<string, StageMark> Stages);

/// <summary>One stage.</summary>
/// <param name="Start">When it began.</param>
/// <param name="End">When it ended; null while it runs.</param>
/// <param name="JobIds">The jobs it waits for; the first one's progress is the stage's.</param>
/// <param name="Child">The orchestration whose progress is the stage's.</param>
public sealed record StageMark(DateTime Start, DateTime? End, IReadOnlyList<string> JobIds, string? Child)
{
    /// <summary>Attempts of its activities that failed; null where none did. Those of a child are in the child's own status.</summary>
    public Repeats? Failed { get; init; }
}
