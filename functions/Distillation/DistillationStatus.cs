using HsNas.Contracts.Requests;
using HsNas.Functions.Jobs;
using HsNas.Kernel.Jobs;
using HsNas.Llm.Labelling;

namespace HsNas.Functions.Distillation;

/// <summary>Custom status of a distillation.</summary>
/// <param name="Labelled">Architectures labelled.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Job">The MLP's training, once submitted.</param>
/// <param name="Tally">What the labels took so far.</param>
/// <param name="MaxCostUsd">Most that it may spend; null for no limit.</param>
public sealed record DistillationStatus(int Labelled, int Labels, JobRef? Job, LabelTally? Tally = null, decimal? MaxCostUsd = null)
{
    /// <summary>What the labels had taken, over time; null in a status of an older app.</summary>
    public IReadOnlyList<SpendPoint>? Spending { get; init; }

    /// <summary>Attempts of activities that failed; null where none did.</summary>
    public Repeats? Failed { get; init; }
}
