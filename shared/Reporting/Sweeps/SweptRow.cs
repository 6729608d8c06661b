using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>A row as far as it is.</summary>
/// <param name="Row">The row.</param>
/// <param name="State">How far it is.</param>
/// <param name="Outcome">How it ended; null before that.</param>
public sealed record SweptRow(SweepRow Row, SweepRowState State, SweepOutcome? Outcome);
