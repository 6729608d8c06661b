using HsNas.Kernel;

namespace HsNas.Trials.Chaos;

/// <summary>Disturbs a running stack at random instants until all kills are made.</summary>
internal sealed class Disturber(
    ProcessFaults processes, MessageFaults messages, SeededRandom random, FaultCounts counts, int kills, Action<string> note,
    TimeProvider time)
{
    private const double KillShare = 0.3;
    private const int KillsANote = 10;
    private static readonly TimeSpan LongestRest = TimeSpan.FromSeconds(1.5);

    /// <summary>Whether kills are left to make.</summary>
    public bool IsActive => counts.AllKills < kills;

    /// <summary>Disturbs until no kill is left.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (IsActive)
        {
            await Task.Delay(LongestRest * random.NextDouble(), time, cancellationToken);
            if (!random.NextBool(KillShare))
            {
                await messages.DisturbAsync(cancellationToken);
                continue;
            }

            var before = counts.AllKills;
            await processes.KillOneAsync(cancellationToken);
            if (counts.AllKills > before && counts.AllKills % KillsANote == 0) note($"{counts.AllKills} kills");
        }
    }
}
