using HsNas.Contracts.Requests;
using HsNas.Contracts.Sweeps;
using HsNas.Functions.Searches.Preparation;

namespace HsNas.Functions.Sweeps;

/// <summary>Whether the searches of a grid can be done here at all, asked before anything is started.</summary>
public sealed class SweepChecks(SearchChecks checks)
{
    private const int ChecksAtOnce = 4;
    private const string Money = "maxCostUsd";

    /// <summary>Why cells cannot be done, each reason once; empty where nothing speaks against any.</summary>
    /// <param name="cells">The cells.</param>
    /// <param name="maxCostUsd">Most that all labels may cost; null for no limit.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<IReadOnlyList<FieldError>> RefusalsAsync(
        IReadOnlyList<SweepCell> cells, double? maxCostUsd, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(cells);
        var groups = cells.GroupBy(c => Checked(c, maxCostUsd)).ToList();
        var refusals = new FieldError?[groups.Count];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = ChecksAtOnce, CancellationToken = cancellationToken };
        await Parallel.ForAsync(0, groups.Count, parallel, async (i, token) =>
        {
            var first = groups[i].First();
            refusals[i] = await checks.RefusalAsync(first.Request with { MaxCostUsd = Limit(first, maxCostUsd) }, token);
        });
        var (faults, errors) = (new CellFaults(), new List<FieldError>());
        foreach (var (cell, refusal) in groups.Zip(refusals).SelectMany(g => g.First.Select(c => (c, g.Second))))
        {
            // Where no search has a limit of its own, it is the sweep's limit that cannot be kept.
            if (refusal is { Field: Money } && cell.Request.MaxCostUsd is null) errors = [refusal];
            else faults.Add(cell.Axes, refusal is null ? [] : [refusal]);
        }

        faults.Report((field, message) => errors.Add(new FieldError(field, message)));
        return errors;
    }

    // The seed decides nothing that is checked here, and it is what grids vary most.
    private static string Checked(SweepCell cell, double? maxCostUsd) => SweepRow.Canonical(cell.Request with
    {
        MaxCostUsd = Limit(cell, maxCostUsd),
        Evolution = cell.Request.Evolution with { Seed = 0 },
    });

    private static double? Limit(SweepCell cell, double? maxCostUsd) => cell.Request.MaxCostUsd ?? maxCostUsd;
}
