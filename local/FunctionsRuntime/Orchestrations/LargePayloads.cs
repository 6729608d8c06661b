using System.Text;
using Microsoft.Extensions.Logging;

namespace Microsoft.Azure.Functions.Worker.Orchestrations;

/// <summary>
/// Warns of inputs and results that a history should not carry. Azure Storage keeps a payload beyond 60 KB of UTF-16 in a blob of
/// its own, and every replay fetches it again. A history should hold references to blobs instead.
/// </summary>
internal static class LargePayloads
{
    internal const int LimitBytes = 60 * 1024;

    internal static void Warn(ILogger logger, InstanceRecord instance, IEnumerable<HistoryEntry> entries)
    {
        foreach (var entry in entries)
        {
            var bytes = Math.Max(Size(entry.Input), Size(entry.Result));
            if (bytes > LimitBytes)
            {
                logger.LogWarning(
                    "{Orchestration} {InstanceId}: the payload of {Event} {Name} is {Bytes} bytes of UTF-16 JSON; "
                    + "more than {Limit} slow every replay down, so pass a reference instead",
                    instance.Name, instance.Id, entry.Kind, entry.Name, bytes, LimitBytes);
            }
        }
    }

    private static int Size(string? payload) => payload is null ? 0 : Encoding.Unicode.GetByteCount(payload);
}
