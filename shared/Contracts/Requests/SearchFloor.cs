using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>What a simpler way than the search would have found under the same limits (docs/method.md, "Floors of a search").</summary>
/// <param name="Name">One of <see cref="FloorNames"/>.</param>
/// <param name="Architecture">What it would have found.</param>
/// <param name="LossBits">Its loss under the search's supernet, bits per token.</param>
public sealed record SearchFloor(string Name, Architecture Architecture, double LossBits);

/// <summary>The floors of a search.</summary>
public static class FloorNames
{
    /// <summary>The same evolution, with decoder depth in place of quality.</summary>
    public const string Depth = "depth alone";

    /// <summary>The same evolution, with the number of parameters in place of quality.</summary>
    public const string Parameters = "parameter count alone";

    /// <summary>The best of as many random architectures as the search's sentence evaluations would score in full.</summary>
    public const string Random = "random search";
}
