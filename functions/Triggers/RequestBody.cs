using HsNas.Shared.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Triggers;

/// <summary>Reads bodies without trusting their length.</summary>
internal static class RequestBody
{
    /// <summary>The fault of a body that says itself that it is too long; the server would refuse to read some of them.</summary>
    public static FieldError TooLong(long length) => new("$", $"is {length} bytes long; at most {SearchRequestReader.MaxBytes} are allowed.");

    /// <summary>The body, or its first <paramref name="limit"/> + 1 bytes, which is enough to see that it is too long.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }
}
