using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Dashboard.Models;

/// <summary>Candidates with their exact scores, all in one metric.</summary>
/// <param name="Metric">What scores measure.</param>
/// <param name="HigherIsBetter">Which end is good.</param>
/// <param name="Candidates">All of them, in the order in which they came to be known.</param>
public sealed record Population(string Metric, bool HigherIsBetter, IReadOnlyList<Candidate> Candidates)
{
    /// <summary>Most points of a drawing; what lies on no front is thinned out beyond.</summary>
    public const int MostDrawn = 20_000;

    /// <summary>The candidates that no other beats in both score and a quantity, cheapest first.</summary>
    public IReadOnlyList<Candidate> Front(string quantity)
    {
        var front = new List<Candidate>();
        foreach (var candidate in Candidates.Where(c => c.Values.ContainsKey(quantity))
            .OrderBy(c => c.Values[quantity]).ThenBy(c => HigherIsBetter ? -c.Score : c.Score).ThenBy(c => c.Number))
        {
            if (front.Count == 0 || IsBetter(candidate.Score, front[^1].Score)) front.Add(candidate);
        }

        return front;
    }

    /// <summary>What is drawn: the front, finalists, and as many of the others as fit, evenly taken.</summary>
    /// <param name="quantity">Id of the quantity on the horizontal axis.</param>
    /// <param name="most">How many may be drawn; front and finalists are drawn even where they are more.</param>
    public IReadOnlyList<Candidate> Drawn(string quantity, int most = MostDrawn)
    {
        var known = Candidates.Where(c => c.Values.ContainsKey(quantity)).ToList();
        if (known.Count <= most) return known;
        var front = Front(quantity).Select(c => c.Number).ToHashSet();
        var special = known.Where(c => c.Role != CandidateRole.Scored || front.Contains(c.Number)).ToList();
        var others = known.Where(c => c.Role == CandidateRole.Scored && !front.Contains(c.Number)).ToList();
        var step = (double)others.Count / Math.Max(1, most - special.Count);
        return [.. Enumerable.Range(0, (int)(others.Count / step)).Select(i => others[(int)(i * step)])
            .Concat(special).OrderBy(c => c.Number)];
    }

    /// <summary>Quantities that every candidate has, in the order of the set.</summary>
    public IReadOnlyList<Constraint> Axes(ConstraintSet constraints) =>
        [.. constraints.Where(c => !c.IsFlag && Candidates.Count > 0 && Candidates[0].Values.ContainsKey(c.Id))];

    private bool IsBetter(double one, double other) => HigherIsBetter ? one > other : one < other;
}

/// <summary>One candidate.</summary>
/// <param name="Number">Its place among those scored, counted from 0; it does not change while the search goes on.</param>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="Score">In the population's metric.</param>
/// <param name="Values">Computed or predicted values by id of their constraint.</param>
public sealed record Candidate(int Number, Architecture Architecture, double Score, IReadOnlyDictionary<string, double> Values)
{
    /// <summary>What became of it.</summary>
    public CandidateRole Role { get; init; }

    /// <summary>Its rank among the finalists, counted from 1; null for others.</summary>
    public int? Rank { get; init; }

    /// <summary>Measured values by id of their constraint; empty where it was not measured.</summary>
    public IReadOnlyDictionary<string, double> Measured { get; init; } = new Dictionary<string, double>();

    /// <summary>Limits that it breaks, in words.</summary>
    public IReadOnlyList<string> Violations { get; init; } = [];
}

/// <summary>What became of a candidate.</summary>
public enum CandidateRole
{
    /// <summary>It was scored.</summary>
    Scored,

    /// <summary>It was measured on the device.</summary>
    Finalist,

    /// <summary>It won; the knee, where the search has objectives.</summary>
    Winner,
}
