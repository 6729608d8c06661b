namespace HsNas.Functions.Jobs;

/// <summary>Work that was done once more, as a status tells it.</summary>
/// <param name="Count">How often.</param>
/// <param name="Last">When, UTC, oldest first: the last twelve times, because a status must stay below 16 KB.</param>
public sealed record Repeats(int Count, IReadOnlyList<DateTime> Last)
{
    private const int MostTimes = 12;

    /// <summary>Nothing was done once more.</summary>
    public static Repeats None { get; } = new(0, []);

    /// <summary>With one more time.</summary>
    public Repeats With(DateTime at) => new(Count + 1, [.. Last.Append(at).TakeLast(MostTimes)]);
}
