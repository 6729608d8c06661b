using HsNas.Functions.Distillation.Batches;

namespace HsNas.Functions.Distillation;

/// <summary>Input of a distillation.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Progress">Where a distillation that continues as new stands; null at its start.</param>
public sealed record DistillationInput(string Task, int Labels, DistillationProgress? Progress = null)
{
    /// <summary>Most that it may spend, US dollars; null for no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Names a distillation that asks the same questions anew, because the model may have drifted; empty normally.</summary>
    public string Epoch { get; init; } = "";

    /// <summary>Why it is done; empty for the first of a search.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>How to wait for a provider's batch; null where all is asked interactively.</summary>
    public ProviderBatchWaits? ProviderBatchWaits { get; init; }
}
