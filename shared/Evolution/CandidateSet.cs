using HsNas.Kernel.Validation;
using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// What has to be scored of a population. Inactive gene slots still mutate, so a population holds repeats: each
/// architecture is listed once, and its score is spread to every gene that denotes it.
/// </summary>
public sealed class CandidateSet
{
    private readonly int[] _indexOf;

    internal CandidateSet(IReadOnlyList<Architecture> population)
    {
        var distinct = new List<Architecture>();
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        _indexOf = new int[population.Count];
        for (var i = 0; i < population.Count; i++)
        {
            var isNew = known.TryAdd(population[i].Key, distinct.Count);
            _indexOf[i] = known[population[i].Key];
            if (isNew)
            {
                distinct.Add(population[i]);
            }
        }

        Architectures = distinct;
    }

    /// <summary>To be scored, in the order of first appearance.</summary>
    public IReadOnlyList<Architecture> Architectures { get; }

    /// <summary>Turns one score per listed architecture into one per gene of the population.</summary>
    /// <exception cref="DataFormatException">The number of scores does not match.</exception>
    public double[] Expand(IReadOnlyList<double> scores)
    {
        if (scores.Count != Architectures.Count)
        {
            throw new DataFormatException("scores", "count", $"{scores.Count}", $"{Architectures.Count}, one per candidate");
        }

        return Array.ConvertAll(_indexOf, i => scores[i]);
    }
}
