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
    /// <exception cref="InfeasibleSearchException">Too few were found within the attempts allowed.</exception>
    public void Fill(int count, string purpose, Draw draw, Draw? immigrants = null)
    {
        Span<int> gene = stackalloc int[codec.Layout.Length];
        var repeats = 0;
        var allowed = immigrants is null ? MostRepeats : 2 * MostRepeats;
        var attempts = 0;
        for (var found = 0; found < count; attempts++)
        {
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
}
