using HsNas.Contracts.Jobs;

namespace HsNas.Cli.Find.Planning;

/// <summary>What a run of <c>find</c> will do; kept in its work folder, so that a run that goes on does the same.</summary>
/// <param name="Task">Name of the task.</param>
/// <param name="Size">Name of the <see cref="SpaceSize"/>.</param>
/// <param name="Dataset">Hash of the prepared text.</param>
/// <param name="Workers">Worker processes.</param>
/// <param name="Lengths">How much is trained.</param>
/// <param name="Probe">What was measured.</param>
/// <param name="Estimates">Estimated seconds, by stage; of a stage that the plan itself needed, what it took.</param>
internal sealed record FindPlan(
    string Task, string Size, string Dataset, int Workers, Lengths Lengths, TrainingProbe Probe, IReadOnlyList<StageEstimate> Estimates)
{
    /// <summary>Estimated seconds of everything.</summary>
    public double TotalSeconds() => Estimates.Sum(e => e.Seconds);
}

/// <summary>What a stage is expected to take.</summary>
/// <param name="Stage">Its name, of <see cref="FindStages"/>.</param>
/// <param name="What">What it does, with figures.</param>
/// <param name="Seconds">How long.</param>
internal sealed record StageEstimate(string Stage, string What, double Seconds);

/// <summary>Names of the stages, in order.</summary>
internal static class FindStages
{
    /// <summary>The text is read, checked and encoded.</summary>
    public const string Text = "text";

    /// <summary>A few updates are measured.</summary>
    public const string Probe = "probe";

    /// <summary>Seed architectures are trained.</summary>
    public const string Seeds = "seeds";

    /// <summary>Storage, model, function app and workers start.</summary>
    public const string Start = "start";

    /// <summary>Latencies are measured and their predictor fitted.</summary>
    public const string Latency = "latency";

    /// <summary>Architectures are labelled, the predictor is distilled.</summary>
    public const string Labels = "labels";

    /// <summary>The supernet is trained.</summary>
    public const string Supernet = "supernet";

    /// <summary>The search itself.</summary>
    public const string Search = "search";

    /// <summary>Finalists are measured.</summary>
    public const string Verification = "verification";

    /// <summary>The winner is trained.</summary>
    public const string Winner = "winner";

    /// <summary>Model, report, examples.</summary>
    public const string Model = "model";
}
