using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Triggers;

/// <summary>Reads bodies without trusting their length.</summary>
internal static class RequestBody
{
    /// <summary>The body, or its first <paramref name="limit"/> + 1 bytes, which is enough to see that it is too long.</summary>
    public static async Task<byte[]> ReadAsync(HttpRequest request, int limit, CancellationToken cancellationToken)
    {
        var buffer = new byte[limit + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }
}
