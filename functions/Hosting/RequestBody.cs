using HsNas.Contracts.Requests;
using Microsoft.AspNetCore.Http;

namespace HsNas.Functions.Hosting;

/// <summary>Reads what strangers send without trusting its length.</summary>
internal static class RequestBody
{
    /// <summary>The body; null, and unread, where it says itself that it is longer than a request may be.</summary>
    public static async Task<byte[]?> TryReadAsync(HttpRequest request, CancellationToken cancellationToken) =>
        request.ContentLength > SearchRequestReader.MaxBytes ? null : await ReadAsync(request.Body, cancellationToken);

    /// <summary>What the stream holds, or one byte more than a request may have, which is enough to see that it is too long.</summary>
    public static async Task<byte[]> ReadAsync(Stream stream, CancellationToken cancellationToken)
    {
        var buffer = new byte[SearchRequestReader.MaxBytes + 1];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        return buffer[..length];
    }
}
