namespace HsNas.Contracts.Requests;

/// <summary>The stages of a search, in order. <see cref="SearchStages.All"/> holds their names.</summary>
public static class SearchStages
{
    /// <summary>Request, task, data set and limits are checked.</summary>
    public const string Resolve = "resolve";

    /// <summary>The device's latency data set is measured and its predictor fitted.</summary>
    public const string Latency = "latency";

    /// <summary>The language model labels architectures, and the MLP is distilled.</summary>
    public const string Distillation = "distillation";

    /// <summary>The weight-sharing supernet is trained.</summary>
    public const string Supernet = "supernet";

    /// <summary>The hybrid search.</summary>
    public const string Search = "search";

    /// <summary>The plain supernet search it is compared with.</summary>
    public const string Comparison = "comparison";

    /// <summary>What simpler ways would have found is scored.</summary>
    public const string Floors = "floors";

    /// <summary>Finalists are measured on the device.</summary>
    public const string Verification = "verification";

    /// <summary>A teacher is trained where need be, and translates the training text for the winners.</summary>
    public const string Text = "text";

    /// <summary>Winners are trained from scratch.</summary>
    public const string Training = "training";

    /// <summary>Result and report are written.</summary>
    public const string Report = "report";

    /// <summary>All stages in order; <see cref="Distillation"/> and <see cref="Supernet"/> run side by side.</summary>
    public static readonly IReadOnlyList<string> All =
        [Resolve, Latency, Distillation, Supernet, Search, Comparison, Floors, Verification, Text, Training, Report];
}

/// <summary>Answer of <c>GET /api/searches/{id}</c>.</summary>
/// <param name="Id">The search.</param>
/// <param name="Status">Durable runtime status: Pending, Running, Suspended, Completed, Failed or Terminated.</param>
/// <param name="Stages">All stages, in order.</param>
/// <param name="Error">Why it failed, in words for the user; null unless it failed.</param>
/// <param name="Links">Where to go from here, by relation: self, durable, cancel, and once finished result and report.</param>
public sealed record SearchStatus(
    string Id, string Status, IReadOnlyList<StageStatus> Stages, string? Error, IReadOnlyDictionary<string, string> Links);

/// <summary>One stage.</summary>
/// <param name="Name">One of <see cref="SearchStages.All"/>.</param>
/// <param name="State">How far it is.</param>
/// <param name="Done">Units done; 0 where unknown.</param>
/// <param name="Total">Units in all; 0 where unknown.</param>
/// <param name="Unit">What is counted: "steps", "architectures", "labels", "generations".</param>
/// <param name="Note">A figure worth showing; may be null.</param>
/// <param name="Seconds">Duration so far, or of the whole stage; null while waiting.</param>
public sealed record StageStatus(string Name, StageState State, long Done, long Total, string? Unit, string? Note, double? Seconds)
{
    /// <summary>Best score of the last generation, in <see cref="Metric"/>; null in stages that are no search, and before it.</summary>
    public double? Best { get; init; }

    /// <summary>What <see cref="Best"/> measures; null where that is null.</summary>
    public string? Metric { get; init; }
}

/// <summary>How far a stage is.</summary>
public enum StageState
{
    /// <summary>Not begun.</summary>
    Waiting,

    /// <summary>Under way.</summary>
    Running,

    /// <summary>Ended.</summary>
    Done,

    /// <summary>The search ended in it.</summary>
    Stopped,

    /// <summary>Not asked for, or known from an earlier search.</summary>
    Skipped,
}
