using HsNas.Contracts.Requests;
using HsNas.Evolution.Constraints;

namespace HsNas.Dashboard.Models;

/// <summary>The page a search ends with.</summary>
/// <param name="Result">What was found.</param>
/// <param name="Constraints">The figures to show of each winner.</param>
/// <param name="Population">What was scored; null where that is not known.</param>
public sealed record ReportModel(SearchResult Result, ConstraintSet Constraints, Population? Population);
