using System.Text.Json;
using HsNas.Shared.Messaging;

namespace HsNas.Local.Trials.Searches;

/// <summary>One of a series of searches that is the same whenever it is made.</summary>
/// <param name="Number">Counted from 0.</param>
/// <param name="Series">Seed of the series.</param>
internal sealed record TrialSearch(int Number, long Series)
{
    private const int SearchesATask = 3;
    private const string OwnSuffix = "-own";

    /// <summary>The task; of three searches two share one, the third has its own.</summary>
    public string Task => $"micro-{Number / SearchesATask}{(IsAlone ? OwnSuffix : "")}";

    /// <summary>Whether no other search uses its task, so that all its jobs are its own.</summary>
    public bool IsAlone => Number % SearchesATask == 2;

    /// <summary>Whether it is asked for by a dropped blob instead of by HTTP.</summary>
    public bool ByBlob => Number % 4 == 3;

    /// <summary>Name, and key that makes a repeated request harmless.</summary>
    public string Name => $"trial-{Series}-{Number}";

    /// <summary>Whether a task has one search only.</summary>
    public static bool IsOwnTask(string task) => task.EndsWith(OwnSuffix, StringComparison.Ordinal);

    /// <summary>The request.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(new
    {
        task = Task,
        limits = new { gFlops = MicroTask.GFlopsLimit },
        evolution = new { iterations = 6, population = 12, parents = 4, mutations = 4, crossovers = 4, seed = (Series * 1000) + Number },
        labels = 60,
        trainWinner = true,
    }, Json.Options);
}
