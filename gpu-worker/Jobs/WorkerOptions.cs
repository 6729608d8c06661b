namespace HsNas.GpuWorker.Jobs;

/// <summary>Settings of the worker, from configuration section "Worker".</summary>
internal sealed record WorkerOptions
{
    /// <summary>"cpu", "cuda" or "cuda:N".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>How long a message stays invisible without renewal: what a killed worker costs.</summary>
    public TimeSpan Visibility { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a job that only a newer worker can do waits for one, put back again and again. After that it gets an error result.
    /// </summary>
    public TimeSpan NewerPatience { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Wait after an empty poll, first.</summary>
    public TimeSpan MinPolling { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Wait after many empty polls.</summary>
    public TimeSpan MaxPolling { get; init; } = TimeSpan.FromMilliseconds(200);
}
