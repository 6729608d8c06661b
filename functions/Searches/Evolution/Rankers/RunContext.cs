using HsNas.Contracts;
using HsNas.Functions.Searches.Contexts;
using HsNas.Functions.Searches.Files;

namespace HsNas.Functions.Searches.Evolution.Rankers;

/// <summary>For which run a ranker works.</summary>
/// <param name="Search">What decides the search's generations.</param>
/// <param name="Input">The search's ids; its instance waits for jobs.</param>
/// <param name="Run">Which run.</param>
public sealed record RunContext(SearchContext Search, SearchInput Input, RunKind Run);
