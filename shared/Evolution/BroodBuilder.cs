using System.Collections.Immutable;
using System.Runtime.InteropServices;
using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>Draws genes until enough of them are feasible, or gives up with a reason after a bounded number of attempts.</summary>
internal sealed class BroodBuilder(GeneCodec codec, FeasibilityChecker feasibility, EvolutionOptions options)
{
    // HAT's own bound: after so many repeats a way of drawing is taken to be exhausted.
    private const int MostRepeats = 1000;

    private const int MostSurplusAttempts = 100_000;

    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    /// <summary>One draw: writes a candidate.</summary>
    public delegate void Draw(Span<int> gene);

    /// <summary>Genes accepted so far.</summary>
    public List<ImmutableArray<int>> Accepted { get; } = [];

    /// <summary>Draws so far.</summary>
    public long Attempts { get; private set; }

    /// <summary>Takes genes over as they are.</summary>
    public void Keep(IEnumerable<ImmutableArray<int>> genes)
    {
        foreach (var gene in genes)
        {
            Accepted.Add(gene);
            if (options.DistinctPopulation)
            {
                _keys.Add(codec.Decode(gene.AsSpan()).Key);
            }
        }
    }

    /// <summary>
    /// Accepts <paramref name="count"/> more feasible genes. Where candidates must differ and <paramref name="draw"/> yields
    /// only repeats, as crossovers of like parents do, the rest comes from <paramref name="immigrants"/>; where these repeat
    /// as well, the feasible set is exhausted, and repeats are let in.
    /// </summary>
    /// <param name="count">Places.</param>
    /// <param name="purpose">What for, in words of an error.</param>
    /// <param name="draw">Draws a gene.</param>
    /// <param name="immigrants">Draws instead where <paramref name="draw"/> is exhausted; null for none.</param>
    /// <param name="forecast">Chooses among more genes than there are places, as far as they are to be had; null: the first ones.</param>
    /// <exception cref="InfeasibleSearchException">Too few were found within the attempts allowed.</exception>
    public void Fill(int count, string purpose, Draw draw, Draw? immigrants = null, IChildForecast? forecast = null)
    {
        var start = Accepted.Count;
        var surplus = forecast is null ? 0 : count * (forecast.DrawnPerPlace - 1);
        Draws(count, surplus, purpose, draw, immigrants);
        if (surplus > 0) Thin(start, count, forecast!);
    }

    private void Draws(int count, int surplus, string purpose, Draw draw, Draw? immigrants)
    {
        Span<int> gene = stackalloc int[codec.Layout.Length];
        var repeats = 0;
        var allowed = immigrants is null ? MostRepeats : 2 * MostRepeats;
        var attempts = 0;
        for (var found = 0; found < count + surplus; attempts++)
        {
            // More than the places need is drawn only as long as it comes easily.
            if (found >= count && (repeats > MostRepeats || attempts >= MostSurplusAttempts)) break;
            if (attempts == options.MaxAttempts)
            {
                throw new InfeasibleSearchException(
                    $"Only {found} of {count} feasible architectures found in {attempts:N0} attempts ({purpose}): "
                    + "the limits leave almost nothing of the space.",
                    feasibility.Floor);
            }

            (repeats > MostRepeats && immigrants is not null ? immigrants : draw)(gene);
            var candidate = codec.Decode(gene);
            if (!feasibility.IsFeasible(candidate)) continue;
            if (options.DistinctPopulation && !_keys.Add(candidate.Key) && ++repeats <= allowed) continue;

            Accepted.Add(ImmutableCollectionsMarshal.AsImmutableArray(gene.ToArray()));
            found++;
        }

        Attempts += attempts;
    }

    // Those with equal forecasts keep the order in which they were drawn.
    private void Thin(int start, int count, IChildForecast forecast)
    {
        var drawn = Accepted[start..];
        var forecasts = forecast.Of([.. drawn.Select(g => codec.Decode(g.AsSpan()))]);
        Accepted.RemoveRange(start, drawn.Count);
        Accepted.AddRange(Enumerable.Range(0, drawn.Count).OrderBy(i => forecasts[i]).Take(count).Select(i => drawn[i]));
    }
}
