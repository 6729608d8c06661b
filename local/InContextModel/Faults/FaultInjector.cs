using System.Collections.Concurrent;
using HsNas.Kernel;

namespace HsNas.Local.InContextModel.Faults;

/// <summary>
/// Decides which requests get a fault. The n-th request with a prompt gets the same fault in every run, whatever the order of
/// requests. A repeated prompt draws again, so nothing fails for ever unless its share is 1.
/// </summary>
internal sealed class FaultInjector(FaultOptions options)
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>The options.</summary>
    public FaultOptions Options => options;

    /// <summary>The fault of the next request with this prompt, and a random number for what the kind of fault has to choose.</summary>
    public (FaultKind Kind, SeededRandom Random) Next(string promptHash)
    {
        var random = SeededRandom.For(options.Seed, _asked.AddOrUpdate(promptHash, 1, (_, n) => n + 1), promptHash);
        var draw = random.NextDouble();
        foreach (var (kind, share) in options.Shares)
        {
            if (draw < share) return (kind, random);
            draw -= share;
        }

        return (FaultKind.None, random);
    }
}
