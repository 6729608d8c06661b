using HsNas.Contracts.Sweeps;

namespace HsNas.Functions.Sweeps.Files;

/// <summary>What a sweep's log says.</summary>
/// <param name="entries">All entries in order.</param>
public sealed class SweepState(IReadOnlyList<SweepEntry> entries)
{
    private readonly int _lastEnd = entries.Index().LastOrDefault(e => e.Item.Kind == SweepEntryKind.End, (-1, null!)).Index;

    /// <summary>How many entries there are: the number of the next one.</summary>
    public int Entries => entries.Count;

    /// <summary>All rows in the order in which they were asked for.</summary>
    public IReadOnlyList<SweepRow> Rows { get; } = [.. entries.SelectMany(e => e.Rows)];

    /// <summary>The run that is under way or would be the next, counted from 0.</summary>
    public int Run { get; } = entries.Count(e => e.Kind == SweepEntryKind.End);

    /// <summary>Whether no further row is to be started.</summary>
    public bool IsStopped { get; } =
        entries.LastOrDefault(e => e.Kind is SweepEntryKind.Stop or SweepEntryKind.Resume)?.Kind == SweepEntryKind.Stop;

    /// <summary>Whether a run has ended since rows were last added or the sweep was resumed.</summary>
    public bool IsOver => !Since().Any(e => e.Kind is SweepEntryKind.Rows or SweepEntryKind.Resume);

    /// <summary>Whether the run under way begins failed rows again.</summary>
    public bool Retries => Since().Any(e => e.Kind == SweepEntryKind.Resume);

    private IEnumerable<SweepEntry> Since() => entries.Skip(_lastEnd + 1);
}
