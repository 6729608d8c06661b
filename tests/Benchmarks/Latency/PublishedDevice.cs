using HsNas.Kernel;
using HsNas.Predictors.Latency;
using HsNas.Spaces;

namespace HsNas.Benchmarks.Latency;

/// <summary>A device that HAT's authors measured: a file of data/published/latency.</summary>
/// <param name="Task">The task whose space was measured.</param>
/// <param name="Device">The device.</param>
/// <param name="Records">2,000 subtransformers.</param>
internal sealed record PublishedDevice(string Task, string Device, IReadOnlyList<LatencyRecord> Records)
{
    /// <summary>All of them, by task and device.</summary>
    public static IReadOnlyList<PublishedDevice> All() =>
    [
        .. Directory.GetFiles(Path.Combine(Repository(), "data", "published", "latency"), "*.csv").Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    /// <summary>The records in an order of their own for each repeat.</summary>
    public LatencyRecord[] Shuffled(int repeat)
    {
        var records = Records.ToArray();
        SeededRandom.For(repeat, 0, $"benchmark {Task} {Device}").Shuffle<LatencyRecord>(records);
        return records;
    }

    /// <summary>Parameters in millions without embeddings: exact, for they are linear in depths and sums of widths.</summary>
    public static double Parameters(LatencyRecord record)
    {
        var (f, q) = (record.Features, (double)TaskCatalog.Get("wmt14-en-de").Space.QkvDim);
        var encoder = f[1] * ((4 * f[0] * q) + (3 * q) + (6 * f[0]) + (((2 * f[0]) + 1) * f[2]));
        var decoder = f[5] * ((6 * f[4] * q) + (2 * f[0] * q) + (6 * q) + (9 * f[4]) + (((2 * f[4]) + 1) * f[6]));
        return (encoder + decoder) / 1e6;
    }

    private static PublishedDevice Read(string path)
    {
        using var reader = new StreamReader(path);
        var parts = Path.GetFileNameWithoutExtension(path).Split('.');
        return new PublishedDevice(parts[0], parts[1], HatLatencyCsv.Read(reader, Path.GetFileName(path)));
    }

    /// <summary>Root of the checkout.</summary>
    public static string Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "HsNas.sln"))) return folder.FullName;
        throw new InvalidOperationException($"HsNas.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
