using System.Text.Json;

namespace HsNas.Contracts.Sweeps;

/// <summary>One axis of a grid.</summary>
/// <param name="Path">Path of the field of a search that it varies.</param>
/// <param name="Values">Its values, all different.</param>
internal sealed record SweepAxis(string Path, IReadOnlyList<JsonElement> Values);
