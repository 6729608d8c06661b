using System.Text.Json;
using HsNas.Contracts.Requests;
using HsNas.Kernel;

namespace HsNas.Contracts.Sweeps;

/// <summary>One search of a sweep.</summary>
/// <param name="Search">Id of the search: a function of the sweep's id and of what is searched for.</param>
/// <param name="Axes">The value of each axis of the grid that the row came from.</param>
/// <param name="Request">The request of the search.</param>
public sealed record SweepRow(string Search, IReadOnlyList<SweepAxisValue> Axes, SearchRequest Request)
{
    /// <summary>The row of a sweep that a cell stands for.</summary>
    public static SweepRow Of(string sweep, SweepCell cell)
    {
        ArgumentNullException.ThrowIfNull(cell);
        return new SweepRow(Hashing.Fingerprint("sweep", sweep, Canonical(cell.Request)), cell.Axes, cell.Request);
    }

    /// <summary>The same text for requests that mean the same: defaults are written out, and so is the window in force.</summary>
    public static string Canonical(SearchRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return JsonSerializer.Serialize(request with { Window = request.Schedule }, Json.Options);
    }
}
