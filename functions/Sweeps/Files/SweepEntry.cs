using HsNas.Contracts.Sweeps;

namespace HsNas.Functions.Sweeps.Files;

/// <summary>What an entry of a sweep's log says.</summary>
public enum SweepEntryKind
{
    /// <summary>Rows were added.</summary>
    Rows,

    /// <summary>No further row is to be started.</summary>
    Stop,

    /// <summary>Rows are to be started again, those that failed too.</summary>
    Resume,

    /// <summary>A run of the orchestration is over. It has seen every entry before this one.</summary>
    End,
}

/// <summary>An entry of a sweep's log. It is written once, at the first free number, so all see the same order.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Rows">The rows that were added; empty for other kinds.</param>
/// <param name="Run">The run that is over, counted from 0; 0 for other kinds.</param>
public sealed record SweepEntry(SweepEntryKind Kind, IReadOnlyList<SweepRow> Rows, int Run = 0)
{
    /// <summary>An entry without rows.</summary>
    public static SweepEntry Of(SweepEntryKind kind, int run = 0) => new(kind, [], run);
}
