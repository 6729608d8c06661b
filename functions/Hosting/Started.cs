namespace HsNas.Functions.Hosting;

/// <summary>Answer to a request that started something which goes on by itself.</summary>
/// <param name="Id">Names what was started.</param>
/// <param name="Links">Where to go from here, by relation.</param>
public sealed record Started(string Id, IReadOnlyDictionary<string, string> Links);
