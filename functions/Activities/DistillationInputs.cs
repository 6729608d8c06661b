using HsNas.Functions.Jobs;
using HsNas.Functions.Llm.Batches;
using HsNas.Llm.Labelling;

namespace HsNas.Functions.Activities;

/// <summary>Input of a distillation.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Progress">Where a distillation that continues as new stands; null at its start.</param>
public sealed record DistillationInput(string Task, int Labels, DistillationProgress? Progress = null)
{
    /// <summary>Most that it may spend, US dollars; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Distinguishes a distillation that asks the same questions anew, because the model may have drifted; empty normally.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>Why it is done; empty for the first of a search.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How to wait for a provider's batch; null where all is asked interactively.</summary>
    public BatchWaits? Batches { get; init; }
}

/// <summary>Waits between looks at a provider's batch.</summary>
/// <param name="First">The first; later ones grow by half.</param>
/// <param name="Most">The longest.</param>
public sealed record BatchWaits(TimeSpan First, TimeSpan Most);

/// <summary>How far a distillation is.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Batches">Batches tried.</param>
/// <param name="Tally">What complete batches took.</param>
/// <param name="Incomplete">Batches that the limit on money left open, with what they took so far.</param>
public sealed record DistillationProgress(DistillationPlan Plan, int Batches, LabelTally Tally, IReadOnlyList<IncompleteBatch> Incomplete)
{
    /// <summary>What the provider's batch spent on each batch of labels, US dollars; empty where there was none, or there is no limit on money.</summary>
    public IReadOnlyList<decimal> SpentBefore { get; init; } = [];

    /// <summary>The start.</summary>
    public static DistillationProgress Start(DistillationPlan plan) => new(plan, 0, new LabelTally(), []);

    /// <summary>What all batches took, open ones included.</summary>
    public LabelTally Total => Incomplete.Aggregate(Tally, (sum, b) => sum + b.Tally);

    /// <summary>Architectures with a label.</summary>
    public int Labelled => Math.Min(Plan.Labels, Batches * Plan.BatchSize) - Total.Unpaid;

    /// <summary>With one more batch.</summary>
    public DistillationProgress With(int batch, LabelTally tally) => tally.Unpaid == 0
        ? this with { Tally = Tally + tally }
        : this with { Incomplete = [.. Incomplete, new IncompleteBatch(batch, tally)] };
}

/// <summary>A batch that the limit on money left open.</summary>
/// <param name="Batch">Counted from 0.</param>
/// <param name="Tally">What it took so far.</param>
public sealed record IncompleteBatch(int Batch, LabelTally Tally);

/// <summary>A distillation, decided once at its start.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Fingerprint">Hash of everything that makes the predictor: prompt, model, pool, seed.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="BatchSize">Architectures an activity asks about.</param>
/// <param name="Batches">Number of batches.</param>
public sealed record DistillationPlan(string Task, string Fingerprint, int Labels, int BatchSize, int Batches)
{
    /// <summary>When it began; answers bought since then count against its limit.</summary>
    public DateTime Started { get; init; }

    /// <summary>Most that it may spend, US dollars; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>As in <see cref="DistillationInput"/>.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>As in <see cref="DistillationInput"/>.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>Architectures that may stay without a usable answer.</summary>
    public int MostUnanswered { get; init; }
}

/// <summary>One batch of labels.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Batch">Counted from 0.</param>
/// <param name="AllowanceUsd">What the batch may spend, what it spent before included; null for no limit.</param>
public sealed record LabelBatchInput(DistillationPlan Plan, int Batch, decimal? AllowanceUsd = null);

/// <summary>A provider's batch that is waited for.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Waits">How to wait.</param>
/// <param name="Ticket">The batch; null before it is submitted.</param>
/// <param name="Looks">How often it was looked at.</param>
public sealed record ProviderBatchInput(DistillationPlan Plan, BatchWaits Waits, BatchTicket? Ticket = null, int Looks = 0);

/// <summary>Input of the activities that look at a provider's batch and take its answers.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Ticket">The batch.</param>
public sealed record ProviderBatch(DistillationPlan Plan, BatchTicket Ticket);

/// <summary>Input of the activity that submits the MLP's training.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="InstanceId">Who waits.</param>
public sealed record SubmitRegressorInput(DistillationPlan Plan, LabelTally Tally, string InstanceId);

/// <summary>Input of the activity that decides whether a predictor becomes the champion.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tally">What the labels took.</param>
/// <param name="Job">The finished training.</param>
public sealed record PromoteInput(DistillationPlan Plan, LabelTally Tally, JobRef Job);
