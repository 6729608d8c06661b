using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace HsNas.Local.Stack.Processes;

/// <summary>
/// Ports of this machine that nobody listens on now. Systems give ports above 32,767 to outgoing connections, so one of those
/// might be taken before a program listens on it; those that are chosen here lie below.
/// </summary>
public static class LoopbackPorts
{
    private const int First = 20_000;
    private const int Last = 32_000;
    private const int MostAttempts = 1000;

    /// <summary>A free port.</summary>
    /// <exception cref="InvalidOperationException">None was found.</exception>
    public static int Find()
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            var port = RandomNumberGenerator.GetInt32(First, Last);
            if (IsFree(port)) return port;
        }

        throw new InvalidOperationException($"No free port was found between {First} and {Last}.");
    }

    /// <summary>Whether nobody listens on a port now.</summary>
    public static bool IsFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
