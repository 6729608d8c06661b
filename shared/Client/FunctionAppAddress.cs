namespace HsNas.Client;

/// <summary>Which function app is talked to.</summary>
/// <param name="Url">Base address.</param>
/// <param name="Key">Function key; null where none is needed.</param>
public sealed record FunctionAppAddress(Uri Url, string? Key);
