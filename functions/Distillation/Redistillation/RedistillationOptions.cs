using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation.Batches;
using HsNas.Kernel.Validation;
using HsNas.Llm;
using NCrontab;

namespace HsNas.Functions.Distillation.Redistillation;

/// <summary>Which tasks' predictors are distilled anew on a schedule, from configuration section "Redistillation".</summary>
public sealed record RedistillationOptions
{
    private static readonly CrontabSchedule.ParseOptions SixFields = new() { IncludingSeconds = true };

    /// <summary>
    /// Task names separated by semicolons; none where empty. A task may be followed by '=' and a schedule of its own (NCRONTAB, six
    /// fields); without one it is looked at whenever the timer runs (setting <c>RedistilSchedule</c>).
    /// </summary>
    public string Tasks { get; init; } = "";

    /// <summary>Age at which a predictor is distilled anew, with answers bought anew; never where null.</summary>
    public TimeSpan? MaxAge { get; init; }

    /// <summary>Architectures labelled, in the range of <see cref="LabelCount"/>.</summary>
    public int Labels { get; init; } = LabelCount.Default;

    /// <summary>Most that one scheduled re-distillation may spend, US dollars, above 0; no limit where null.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>
    /// Whether scheduled re-distillations ask in the provider's batches; what is started by hand, and searches, never do.
    /// </summary>
    public bool Batch { get; init; }

    /// <summary>Wait before a batch is first looked at, above zero; waits grow by half.</summary>
    public TimeSpan BatchPoll { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest wait between two looks at a batch, not below <see cref="BatchPoll"/>.</summary>
    public TimeSpan BatchPollMost { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>Tasks with their own schedules; null where they follow the timer.</summary>
    public IEnumerable<(string Task, CrontabSchedule? Schedule)> Schedules() =>
        Tasks.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(ReadEntry);

    /// <summary>These options.</summary>
    /// <exception cref="OptionException">One lies outside its range, or does not go with how the model is asked.</exception>
    public RedistillationOptions Validated(LlmOptions llm)
    {
        OptionException.ThrowUnless(!Batch || llm.ApiVersion.Length == 0, "Redistillation:Batch", Batch,
            $"false where Llm__ApiVersion is set. {BatchApi.NoDeployments}");
        OptionException.ThrowUnless(MaxAge is null || MaxAge > TimeSpan.Zero, "Redistillation:MaxAge", MaxAge, "a time above zero");
        OptionException.ThrowUnless(
            Labels is >= LabelCount.Least and <= LabelCount.Most, "Redistillation:Labels", Labels,
                $"{LabelCount.Least} to {LabelCount.Most}");
        OptionException.ThrowUnless(MaxCostUsd is null or > 0, "Redistillation:MaxCostUsd", MaxCostUsd, "an amount above 0");
        OptionException.ThrowUnless(BatchPoll > TimeSpan.Zero, "Redistillation:BatchPoll", BatchPoll, "a time above zero");
        OptionException.ThrowUnless(BatchPollMost >= BatchPoll, "Redistillation:BatchPollMost", BatchPollMost,
            "a time not below BatchPoll");
        _ = Schedules().Count();
        return this;
    }

    private static (string Task, CrontabSchedule? Schedule) ReadEntry(string entry)
    {
        if (entry.Split('=', 2, StringSplitOptions.TrimEntries) is not [var task, var schedule]) return (entry, null);
        const string allowed = "a task, or a task '=' an NCRONTAB schedule of six fields";
        return (task, CrontabSchedule.TryParse(schedule, SixFields) ?? throw new OptionException("Redistillation:Tasks", entry, allowed));
    }
}
