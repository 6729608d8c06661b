using System.Collections.Concurrent;
using HsNas.Kernel;

namespace HsNas.Local.InContextModel.Faults;

/// <summary>
/// Decides which requests are hit. The n-th request with a prompt meets the same fate in every run, whatever the order of
/// requests; a prompt asked again draws anew, so nothing fails for ever unless its share is 1.
/// </summary>
internal sealed class FaultInjector(FaultOptions options)
{
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>The options.</summary>
    public FaultOptions Options => options;

    /// <summary>The fate of the next request with this prompt, and a draw for whatever its kind still has to choose.</summary>
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
