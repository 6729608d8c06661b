using System.Net;
using System.Net.Sockets;

namespace HsNas.Local.Stack;

/// <summary>Loopback ports of a stack.</summary>
/// <param name="Functions">The function app.</param>
/// <param name="Blobs">Azurite's blob service.</param>
/// <param name="Queues">Azurite's queue service.</param>
/// <param name="Tables">Azurite's table service; Azurite starts it whether it is used or not.</param>
/// <param name="Model">The in-context model.</param>
public sealed record StackPorts(int Functions, int Blobs, int Queues, int Tables, int Model)
{
    /// <summary>Distinct ports that are free now.</summary>
    /// <param name="customary">Prefer the ports that users know: 7071, 10000, 10001.</param>
    public static StackPorts Find(bool customary)
    {
        var taken = new HashSet<int>();
        int Pick(int preferred)
        {
            var port = customary && preferred != 0 && IsFree(preferred) ? preferred : AnyFree(taken);
            taken.Add(port);
            return port;
        }

        return new StackPorts(Pick(7071), Pick(10000), Pick(10001), Pick(0), Pick(0));
    }

    private static bool IsFree(int port)
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

    private static int AnyFree(HashSet<int> taken)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            var port = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (!taken.Contains(port)) return port;
        }
    }
}
