using HsNas.Spaces;

namespace HsNas.Evolution.Sessions;

/// <summary>What a run ended with.</summary>
/// <param name="Architectures">Distinct parents of the last generation, best first.</param>
/// <param name="Trace">One entry a generation.</param>
/// <param name="Notices">Things a reader of the result must know.</param>
public sealed record FinalistList(
    IReadOnlyList<RankedArchitecture> Architectures, IReadOnlyList<GenerationTrace> Trace, IReadOnlyList<string> Notices);

/// <summary>A candidate with its score.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="Score">In the last generation's metric.</param>
public sealed record RankedArchitecture(Architecture Architecture, double Score);
