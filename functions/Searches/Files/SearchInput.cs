namespace HsNas.Functions.Searches.Files;

/// <summary>Which search an activity works for.</summary>
/// <param name="SearchId">The search's instance id.</param>
/// <param name="InstanceId">The orchestration that waits, and is woken by replies.</param>
/// <param name="Context">Hash of the search's context; empty before that is fixed.</param>
public sealed record SearchInput(string SearchId, string InstanceId, string Context = "");
