using HsNas.Evolution.Constraints;
using HsNas.Spaces;

namespace HsNas.Dashboard.Models;

/// <summary>The card of one architecture.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="Title">What it is, for example "Candidate 17".</param>
/// <param name="Figures">Rows of figures: what, predicted, measured.</param>
/// <param name="Json">The architecture as JSON.</param>
public sealed record CardModel(
    Architecture Architecture, string Title, IReadOnlyList<(string Name, string Predicted, string Measured)> Figures, string Json)
{
    /// <summary>The card of a candidate.</summary>
    public static CardModel Of(Candidate candidate, Population population, ConstraintSet constraints)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(population);
        var figures = new List<(string Name, string Predicted, string Measured)>
        {
            (population.Metric, Say.Number(candidate.Score, 4), Say.Unknown),
        };
        figures.AddRange(constraints.Where(c => candidate.Values.ContainsKey(c.Id)).Select(c => (
            c.Name, c.Say(candidate.Values[c.Id]), candidate.Measured.TryGetValue(c.Id, out var measured) && c.IsMeasured
                ? c.Say(measured) : Say.Unknown)));
        var what = candidate.Role switch
        {
            CandidateRole.Winner => "The winner",
            CandidateRole.Finalist => $"Finalist {candidate.Rank}",
            _ => $"Candidate {candidate.Number + 1}",
        };
        return new CardModel(
            candidate.Architecture, what, figures, System.Text.Json.JsonSerializer.Serialize(candidate.Architecture, Kernel.Json.Indented));
    }
}
