using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;

namespace HsNas.Reporting.Sweeps;

/// <summary>A column of figures of a sweep's table.</summary>
/// <param name="Head">What it holds.</param>
/// <param name="Decimals">Decimals in CSV and on pages; JSON has all digits.</param>
/// <param name="Figure">The figure of a run; null where it has none.</param>
internal sealed record SweepColumn(SweepColumnHead Head, int Decimals, Func<SearchResult, RunResult, double?> Figure);
