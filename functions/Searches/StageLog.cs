using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;

namespace HsNas.Functions.Searches;

/// <summary>
/// Which stage a search is in, kept as its custom status and logged once; replay-safe, because time and logger come from the
/// context.
/// </summary>
internal sealed class StageLog(TaskOrchestrationContext context)
{
    private readonly Dictionary<string, StageMark> _stages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, RepeatLog> _repeats = new(StringComparer.Ordinal);

    /// <summary>How a stage's activities are retried: as by <see cref="Retries.Standard"/>, and failed attempts are marked.</summary>
    /// <param name="stage">A stage that was begun; it may be over.</param>
    public TaskOptions Retried(string stage)
    {
        if (_repeats.TryGetValue(stage, out var known)) return known.Options;
        var log = _repeats[stage] = new RepeatLog(context);
        log.Changed = () => Set(stage, _stages[stage] with { Failed = log.Failed });
        return log.Options;
    }

    /// <summary>A stage begins; its progress is that of its first job, or of a child orchestration, where one is given.</summary>
    public void Start(string stage, IReadOnlyList<JobRef>? jobs = null, string? child = null)
    {
        Logger().LogInformation("Search {InstanceId}: {Stage} begins", context.InstanceId, stage);
        Set(stage, new StageMark(context.CurrentUtcDateTime, null, Ids(jobs ?? []), child));
    }

    /// <summary>The running stage's progress is now that of a job.</summary>
    public void Job(string stage, JobRef job) => Jobs(stage, [job]);

    /// <summary>The running stage now waits for these jobs; its progress is that of the first.</summary>
    public void Jobs(string stage, IReadOnlyList<JobRef> jobs) => Set(stage, _stages[stage] with { JobIds = Ids(jobs) });

    /// <summary>A stage is over.</summary>
    public void End(string stage)
    {
        var seconds = (context.CurrentUtcDateTime - _stages[stage].Start).TotalSeconds;
        Logger().LogInformation("Search {InstanceId}: {Stage} is done after {Seconds:F1} s", context.InstanceId, stage, seconds);
        Set(stage, _stages[stage] with { End = context.CurrentUtcDateTime });
    }

    /// <summary>Seconds of each stage so far.</summary>
    public Dictionary<string, double> Seconds() => _stages.ToDictionary(
        s => s.Key, s => ((s.Value.End ?? context.CurrentUtcDateTime) - s.Value.Start).TotalSeconds, StringComparer.Ordinal);

    // Made anew each time: one kept in a field could outlive the context whose replay it follows (DURABLE0010).
    private ILogger Logger() => context.CreateReplaySafeLogger(nameof(SearchOrchestrator));

    private static List<string> Ids(IReadOnlyList<JobRef> jobs) => [.. jobs.Select(j => j.JobId)];

    private void Set(string stage, StageMark mark)
    {
        _stages[stage] = mark;
        context.SetCustomStatus(new StageMarks(new Dictionary<string, StageMark>(_stages, StringComparer.Ordinal)));
    }
}
