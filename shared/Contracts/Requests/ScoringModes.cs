using HsNas.Evolution.Racing;

namespace HsNas.Contracts.Requests;

/// <summary>How a supernet ranks a generation (docs/method.md, "Racing").</summary>
public static class ScoringModes
{
    /// <summary>Each candidate is scored on the whole text.</summary>
    public const string Full = "full";

    /// <summary>Candidates are scored only as far as the parents are in doubt.</summary>
    public const string Race = "race";

    /// <summary>The same, and candidates whose architecture speaks against them are not scored at all.</summary>
    public const string Surrogate = "surrogate";

    /// <summary>All modes.</summary>
    public static IReadOnlyList<string> All { get; } = [Surrogate, Race, Full];

    /// <summary>The rules of a mode's races; null where there are none.</summary>
    public static RaceRules? RulesOf(string mode) => mode switch
    {
        Race => RaceRules.SameParents,
        Surrogate => RaceRules.Thrifty,
        _ => null,
    };
}
