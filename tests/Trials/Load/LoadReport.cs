namespace HsNas.Trials.Load;

/// <summary>What a load trial measured.</summary>
/// <param name="Searches">Searches submitted at once.</param>
/// <param name="Completed">Searches that completed.</param>
/// <param name="SubmitSeconds">Until the last of them was accepted.</param>
/// <param name="Seconds">Until the last of them was over.</param>
/// <param name="Looks">Status requests while they ran.</param>
/// <param name="LookP50">Median time of a status request, milliseconds.</param>
/// <param name="LookP95">95th percentile.</param>
/// <param name="LookMax">The slowest.</param>
/// <param name="Instances">Instances whose history was read, while they ran and at the end.</param>
/// <param name="MostEvents">Events of the longest history seen.</param>
/// <param name="ResidentMegabytes">Resident memory of the function app at the start and at the end.</param>
/// <param name="Bought">The fan-out of labels, all bought.</param>
/// <param name="Replayed">The same again, all of them out of the ledger.</param>
/// <param name="Failures">Searches that did not complete, with the reason.</param>
public sealed record LoadReport(
    int Searches, int Completed, double SubmitSeconds, double Seconds, int Looks, double LookP50, double LookP95, double LookMax,
    int Instances, int MostEvents, (double Start, double End) ResidentMegabytes, LabelFanOut Bought, LabelFanOut Replayed,
    IReadOnlyList<string> Failures)
{
    /// <summary>Requests of an open dashboard while they ran: all, those unchanged, and their times in milliseconds.</summary>
    public (int Asked, int Unchanged, double P50, double P95, double Max) Pages { get; init; }
}

/// <summary>A fan-out of labels.</summary>
/// <param name="Labels">Labels.</param>
/// <param name="Asked">Questions that the model was asked.</param>
/// <param name="Seconds">From the beginning of the stage to the last label.</param>
/// <param name="ModelSeconds">Of these, while the model had at least one question in hand.</param>
public sealed record LabelFanOut(int Labels, int Asked, double Seconds, double ModelSeconds)
{
    /// <summary>Processor seconds of the function app meanwhile.</summary>
    public required double FunctionsCpu { get; init; }

    /// <summary>Processor seconds of the storage emulator meanwhile.</summary>
    public required double StorageCpu { get; init; }

    /// <summary>Everything but the model's own time.</summary>
    public double Overhead => Seconds - ModelSeconds;
}
