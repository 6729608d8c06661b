namespace HsNas.Evolution.Racing;

/// <summary>Decides from intervals who is a parent for certain, who is none, and who must be scored further.</summary>
internal interface IParentCut
{
    /// <summary>Candidates, by index, of which it is open whether they become parents, or the best.</summary>
    IReadOnlyList<int> Open(IReadOnlyList<LossRange> losses);
}

/// <summary>The parents are the candidates with the lowest losses.</summary>
/// <param name="parents">How many.</param>
internal sealed class LowestLosses(int parents) : IParentCut
{
    /// <inheritdoc/>
    public IReadOnlyList<int> Open(IReadOnlyList<LossRange> losses) =>
        [.. Enumerable.Range(0, losses.Count).Where(Of(losses, parents, l => l.ForParents)).Union(
            Enumerable.Range(0, losses.Count).Where(Of(losses, 1, l => l.ForBest)))];

    // Whether it is open that a candidate belongs to the lowest.
    private static Func<int, bool> Of(IReadOnlyList<LossRange> losses, int lowest, Func<LossRange, Interval> of)
    {
        if (losses.Count <= lowest) return _ => false;
        // So many lie at or below "outside" for certain, so whoever lies above is not among them; and so many others can lie above
        // "sure", so whoever lies below is.
        var outside = losses.Select(l => of(l).High).Order().ElementAt(lowest - 1);
        var sure = losses.Select(l => of(l).Low).Order().ElementAt(lowest);
        return i => of(losses[i]).Low <= outside && of(losses[i]).High >= sure;
    }
}
