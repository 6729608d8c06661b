using System.Text.Json;
using HsNas.Kernel;

namespace HsNas.Trials.Searches;

/// <summary>A sweep of a trial, the same every time it is made: two windows, two seeds, and one seed more later.</summary>
/// <param name="Series">Seed of the trial.</param>
internal sealed record TrialSweep(long Series)
{
    /// <summary>Its searches, those that are added later included.</summary>
    public const int Searches = 6;

    /// <summary>Its name, and the key that makes a repeated request harmless and its id the same in every run.</summary>
    public string Name => $"trial-sweep-{Series}";

    /// <summary>Its task, a <see cref="MicroTask"/> under this name, for which labels are to be bought.</summary>
    public string Task => "micro-sweep";

    /// <summary>The request.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        name = Name,
        search = new
        {
            task = Task,
            limits = new { gFlops = MicroTask.GFlopsLimit },
            evolution = new { iterations = 6, population = 12, parents = 4, mutations = 4, crossovers = 4 },
            labels = 60,
        },
        grid = Grid(Series * 1000, (Series * 1000) + 1),
        parallel = 2,
    }, Json.Options);

    /// <summary>The request for more rows; half of them are there already.</summary>
    public byte[] MoreToBytes() => JsonSerializer.SerializeToUtf8Bytes(
        new { grid = Grid((Series * 1000) + 1, (Series * 1000) + 2) }, Json.Options);

    private static Dictionary<string, object> Grid(params long[] seeds) => new(StringComparer.Ordinal)
    {
        ["window"] = new[] { new { start = 1, end = 3 }, new { start = -1, end = -1 } },
        ["evolution.seed"] = seeds,
    };
}
