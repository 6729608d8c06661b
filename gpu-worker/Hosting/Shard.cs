using System.Globalization;

namespace HsNas.GpuWorker.Hosting;

/// <summary>One process's part of a list of work that several processes share: every <paramref name="Shards"/>th piece.</summary>
/// <param name="Number">The first piece, from 0.</param>
/// <param name="Shards">How many processes there are.</param>
internal readonly record struct Shard(int Number, int Shards)
{
    /// <summary>Reads the two last arguments of a command; false unless 0 &lt;= number &lt; shards.</summary>
    public static bool TryParse(string number, string shards, out Shard shard)
    {
        var isRead = int.TryParse(number, CultureInfo.InvariantCulture, out var first)
            & int.TryParse(shards, CultureInfo.InvariantCulture, out var step);
        shard = new Shard(first, step);
        return isRead && first >= 0 && first < step;
    }

    /// <summary>Indices of this shard's pieces of a list, in its order.</summary>
    public IEnumerable<int> Of(int count)
    {
        for (var i = Number; i < count; i += Shards) yield return i;
    }
}
