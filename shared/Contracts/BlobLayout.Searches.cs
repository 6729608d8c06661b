using HsNas.Kernel.Stores;

namespace HsNas.Contracts;

/// <summary>The blobs of a search.</summary>
public static partial class BlobLayout
{
    /// <summary>The request as accepted.</summary>
    public static BlobPath RequestFile(string search) => InSearch(search, "request.json");

    /// <summary>What the search works with, decided at its start.</summary>
    public static BlobPath PlanFile(string search) => InSearch(search, "plan.json");

    /// <summary>Everything that decides its generations, fixed before the first.</summary>
    public static BlobPath ContextFile(string search) => InSearch(search, "context.json");

    /// <summary>The state whose population waits for scores in a generation, counted from 1.</summary>
    public static BlobPath StateFile(string search, RunKind run, int generation) =>
        InSearch(search, $"{RunFolder(run)}/generation-{generation:00000}.json");

    /// <summary>The supernet losses that a run used.</summary>
    public static BlobPath LossesFile(string search, RunKind run) => InSearch(search, $"{RunFolder(run)}/losses.json");

    /// <summary>What a run ended with.</summary>
    public static BlobPath FinalistsFile(string search, RunKind run) => InSearch(search, $"{RunFolder(run)}/finalists.json");

    /// <summary>The result of a finished search.</summary>
    public static BlobPath ResultFile(string search) => InSearch(search, "result.json");

    /// <summary>The report of a finished search, a page.</summary>
    public static BlobPath ReportFile(string search) => InSearch(search, "report.html");

    /// <summary>What links to single searches are signed with; ids of searches hold no dash.</summary>
    public static BlobPath LinkSecret { get; } = new(Searches, "link-secret");

    /// <summary>
    /// Name of a run's folder, and of its orchestration behind the search's id: older than <see cref="RunKind"/>, so they stay.
    /// </summary>
    public static string RunFolder(RunKind run) => run == RunKind.Requested ? "hs-nas" : "hat";

    private static BlobPath InSearch(string search, string file) => new(Searches, $"{search}/{file}");
}
