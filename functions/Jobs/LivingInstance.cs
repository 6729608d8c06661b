using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Jobs;

/// <summary>Talking to an instance that may end, or be purged, at any moment.</summary>
internal static class LivingInstance
{
    /// <summary>
    /// Raises an event for, or ends, an instance. False if it is over or there is none, whether that was so before or became
    /// so meanwhile; what <paramref name="tell"/> throws for an instance that still lives is thrown.
    /// </summary>
    public static async Task<bool> TryTellAsync(
        this DurableTaskClient client, string id, Func<Task> tell, CancellationToken cancellationToken)
    {
        if (!await LivesAsync(client, id, cancellationToken)) return false;
        try
        {
            await tell();
            return true;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Whether an instance that is over refuses, and with which exception, differs between backends: its state decides.
            if (await LivesAsync(client, id, cancellationToken)) throw;
            return false;
        }
    }

    private static async Task<bool> LivesAsync(DurableTaskClient client, string id, CancellationToken cancellationToken) =>
        await client.GetInstanceAsync(id, cancellationToken) is { IsCompleted: false };
}
