using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace HsNas.Functions.Tests.Security;

/// <summary>What came back: nothing at all (status 0), or a status and a body.</summary>
internal sealed record WireAnswer(int Status, string Head, string Body)
{
    /// <summary>Whether it is a problem document that explains itself.</summary>
    public bool Explains
    {
        get
        {
            if (!Head.Contains("application/problem+json", StringComparison.OrdinalIgnoreCase)) return false;
            var problem = JsonDocument.Parse(Body).RootElement;
            return problem.TryGetProperty("errors", out var errors)
                ? errors.EnumerateObject().Any() && errors.EnumerateObject().All(e => e.Name.Length > 0
                    && e.Value.EnumerateArray().All(m => m.GetString()!.Length > 4))
                : problem.GetProperty("detail").GetString()!.Length > 4;
        }
    }
}

/// <summary>Sends bytes as they are: what an HTTP library refuses to send must be tried too.</summary>
internal static class WireClient
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan HalfClose = TimeSpan.FromMilliseconds(300);

    /// <summary>
    /// The answer, read until the server closes the connection. Where the request may promise more than it holds, our side is
    /// closed after a moment; not sooner, because the server takes that for a caller who went away.
    /// </summary>
    public static async Task<WireAnswer> SendAsync(Uri server, byte[] request, bool mayBeIncomplete)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var client = new TcpClient();
        await client.ConnectAsync(server.Host, server.Port, patience.Token);
        var stream = client.GetStream();
        var answer = new MemoryStream();
        try
        {
            await stream.WriteAsync(request, patience.Token);
            var reading = stream.CopyToAsync(answer, patience.Token);
            if (mayBeIncomplete && await Task.WhenAny(reading,
                Task.Delay(HalfClose, patience.Token)) != reading) client.Client.Shutdown(SocketShutdown.Send);
            await reading;
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            // The server may hang up in the middle of bytes that it does not want; what it said before counts.
        }

        return Parse(answer.ToArray());
    }

    private static WireAnswer Parse(byte[] bytes)
    {
        var end = bytes.AsSpan().IndexOf("\r\n\r\n"u8);
        if (end < 0) return new WireAnswer(0, "", "");
        var head = Encoding.Latin1.GetString(bytes, 0, end);
        return new WireAnswer(int.Parse(head.Split(' ')[1]), head, Body(head, bytes.AsSpan(end + 4)));
    }

    private static string Body(string head, ReadOnlySpan<byte> rest)
    {
        if (!head.Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetString(rest);
        var body = new MemoryStream();
        while (rest.IndexOf("\r\n"u8) is > 0 and var line
            && Convert.ToInt32(Encoding.ASCII.GetString(rest[..line]), 16) is > 0 and var length && rest.Length >= line + 2 + length)
        {
            body.Write(rest.Slice(line + 2, length));
            rest = rest[Math.Min(rest.Length, line + 4 + length)..];
        }

        return Encoding.UTF8.GetString(body.ToArray());
    }
}
