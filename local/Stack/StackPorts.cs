using HsNas.Local.Stack.Processes;

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
            if (customary && preferred != 0 && LoopbackPorts.IsFree(preferred) && taken.Add(preferred)) return preferred;
            int port;
            do port = LoopbackPorts.Find();
            while (!taken.Add(port));
            return port;
        }

        return new StackPorts(Pick(7071), Pick(10000), Pick(10001), Pick(0), Pick(0));
    }
}
