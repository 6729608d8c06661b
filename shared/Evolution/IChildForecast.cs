using HsNas.Spaces;

namespace HsNas.Evolution;

/// <summary>
/// Says which children are worth a place in the next population, before anybody scores them. Immutable and a function of what was
/// scored, so that a generation that is done anew breeds the same children. See docs/method.md, "Racing".
/// </summary>
public interface IChildForecast
{
    /// <summary>Children that are drawn for each place, at least 2; the others are left out.</summary>
    int DrawnPerPlace { get; }

    /// <summary>One number a child; those with the lowest get the places.</summary>
    IReadOnlyList<double> Of(IReadOnlyList<Architecture> children);
}
