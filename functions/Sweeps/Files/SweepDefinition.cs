using System.Text.Json;

namespace HsNas.Functions.Sweeps.Files;

/// <summary>What a sweep is, written once.</summary>
/// <param name="Name">What it is called; null where it has no name.</param>
/// <param name="Search">What its searches have in common; null where the grid gives all.</param>
/// <param name="Parallel">Searches that may run at once.</param>
/// <param name="MaxCostUsd">Most that all labels may cost, US dollars; null for no limit.</param>
public sealed record SweepDefinition(string? Name, JsonElement? Search, int Parallel, double? MaxCostUsd);
