using HsNas.Contracts.Requests;
using HsNas.Dashboard.Models;
using HsNas.Dashboard.Pages;
using HsNas.Evolution.Constraints;

namespace HsNas.Dashboard;

/// <summary>The page a search ends with: one file, which needs nothing else.</summary>
public static class Report
{
    /// <summary>The whole page.</summary>
    /// <param name="result">What was found.</param>
    /// <param name="constraints">The figures to show of each winner; the built-in constraints where null.</param>
    /// <param name="population">What was scored; null where that is not known.</param>
    public static Task<string> RenderAsync(SearchResult result, ConstraintSet? constraints = null, Population? population = null) =>
        PageRenderer.RenderAsync<ReportPage>(new ReportModel(result, constraints ?? ConstraintSet.BuiltIn, population));
}
