using System.Text.Json.Serialization;
using HsNas.Spaces;

namespace HsNas.Evolution.Sessions;

/// <summary>What a run ended with.</summary>
/// <param name="Architectures">Those to measure, best first: the distinct parents of the last generation, or points along the front
/// where the search has objectives.</param>
/// <param name="Trace">One entry a generation.</param>
/// <param name="Notices">Things a reader of the result must know.</param>
public sealed record FinalistList(
    IReadOnlyList<RankedArchitecture> Architectures, IReadOnlyList<GenerationTrace> Trace, IReadOnlyList<string> Notices)
{
    /// <summary>The whole front, best score first; null unless the search has objectives.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RankedArchitecture>? Front { get; init; }
}

/// <summary>A candidate with its score.</summary>
/// <param name="Architecture">The subtransformer.</param>
/// <param name="Score">In the last generation's metric.</param>
public sealed record RankedArchitecture(Architecture Architecture, double Score);
