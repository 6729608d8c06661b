namespace HsNas.Trials.Chaos;

/// <summary>What was done to the system.</summary>
public sealed class FaultCounts
{
    private readonly Dictionary<string, int> _kills = new(StringComparer.Ordinal);

    /// <summary>Kills by process.</summary>
    public IReadOnlyDictionary<string, int> Kills => _kills;

    /// <summary>All kills.</summary>
    public int AllKills => _kills.Values.Sum();

    /// <summary>Messages sent a second time.</summary>
    public int Duplicated { get; internal set; }

    /// <summary>Messages kept back for a while.</summary>
    public int Delayed { get; internal set; }

    /// <summary>Worker replies that nobody ever saw.</summary>
    public int Dropped { get; internal set; }

    internal void Killed(string process) => _kills[process] = _kills.GetValueOrDefault(process) + 1;
}
