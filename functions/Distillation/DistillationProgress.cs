using HsNas.Contracts.Requests;
using HsNas.Functions.Distillation.Plans;
using HsNas.Functions.Jobs;
using HsNas.Llm.Labelling;

namespace HsNas.Functions.Distillation;

/// <summary>How far a distillation is.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Tried">Batches of labels tried.</param>
/// <param name="Tally">What complete batches took.</param>
/// <param name="Incomplete">Batches that the limit on money left open, with what they took so far.</param>
public sealed record DistillationProgress(DistillationPlan Plan, int Tried, LabelTally Tally, IReadOnlyList<IncompleteBatch> Incomplete)
{
    /// <summary>
    /// What the provider's batch spent on each batch of labels, US dollars; empty where there was none, or there is no limit on money.
    /// </summary>
    public IReadOnlyList<decimal> SpentBefore { get; init; } = [];

    /// <summary>What the labels had taken, over time.</summary>
    public IReadOnlyList<SpendPoint> Spending { get; init; } = [];

    /// <summary>Attempts of activities that had failed before; null where none had.</summary>
    public Repeats? Failed { get; init; }

    /// <summary>The start.</summary>
    public static DistillationProgress Start(DistillationPlan plan) => new(plan, 0, new LabelTally(), []);

    /// <summary>What all batches took, open ones included.</summary>
    public LabelTally Total => Incomplete.Aggregate(Tally, (sum, b) => sum + b.Tally);

    /// <summary>Architectures with a label.</summary>
    public int Labelled => Math.Min(Plan.Labels, Tried * Plan.BatchSize) - Total.Unpaid;

    /// <summary>With what all batches took by now.</summary>
    public DistillationProgress At(DateTime now) =>
        this with { Spending = Spending.With((now - Plan.Started).TotalSeconds, Total) };

    /// <summary>With one more batch.</summary>
    public DistillationProgress With(int batch, LabelTally tally) => tally.Unpaid == 0
        ? this with { Tally = Tally + tally }
        : this with { Incomplete = [.. Incomplete, new IncompleteBatch(batch, tally)] };
}

/// <summary>A batch that the limit on money left open.</summary>
/// <param name="Batch">Counted from 0.</param>
/// <param name="Tally">What it took so far.</param>
public sealed record IncompleteBatch(int Batch, LabelTally Tally);
