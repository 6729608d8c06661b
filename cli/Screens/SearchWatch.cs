using HsNas.Client;
using HsNas.Contracts.Requests;

namespace HsNas.Cli.Screens;

/// <summary>Follows a search to its end; a function app that is away for a while is waited for.</summary>
internal sealed class SearchWatch(SearchClient client, TimeProvider time)
{
    /// <summary>How long the function app may be away.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>Shows every status until the last, which is returned.</summary>
    /// <exception cref="AppUnavailableException">The function app was away for too long.</exception>
    public async Task<SearchStatus> FollowAsync(string id, IStatusScreen screen, CancellationToken cancellationToken)
    {
        var answered = time.GetTimestamp();
        while (true)
        {
            try
            {
                var status = await client.StatusAsync(id, cancellationToken);
                answered = time.GetTimestamp();
                screen.Show(status);
                if (status.Status is "Completed" or "Failed" or "Terminated") return status;
            }
            catch (AppUnavailableException e)
            {
                if (time.GetElapsedTime(answered) > Patience) throw;
                screen.ShowTrouble($"{e.Message} Waiting for it.");
            }

            await Task.Delay(Interval, time, cancellationToken);
        }
    }
}
