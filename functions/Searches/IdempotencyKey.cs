using HsNas.Contracts.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Searches;

/// <summary>Header Idempotency-Key: at most one, 1 to 200 printable ASCII characters.</summary>
internal static class IdempotencyKey
{
    /// <summary>Name of the header.</summary>
    public const string Header = "Idempotency-Key";

    private const int Longest = 200;

    /// <summary>The key, null where none is given; or its fault.</summary>
    public static (string? Key, FieldError? Fault) Read(HttpRequest request)
    {
        if (!request.Headers.TryGetValue(Header, out var values)) return (null, null);
        return values is [{ Length: > 0 and <= Longest } key] && key.All(c => c is >= ' ' and < '\x7f')
            ? (key, null)
            : (null, new FieldError(Header, $"must be given at most once, with 1 to {Longest} printable ASCII characters."));
    }
}
