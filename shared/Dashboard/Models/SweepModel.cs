using HsNas.Contracts.Sweeps;

namespace HsNas.Dashboard.Models;

/// <summary>The page of one sweep.</summary>
/// <param name="Status">How far it is.</param>
/// <param name="Table">Its results so far.</param>
public sealed record SweepModel(SweepStatus Status, SweepTable Table);
