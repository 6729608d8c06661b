using Microsoft.DurableTask.Client;

namespace HsNas.Functions.Predictors;

/// <summary>What distillation knows about a task's distilled predictor. The part that distils implements it.</summary>
public interface IDistillationOutlook
{
    /// <summary>The outlook of a task.</summary>
    Task<DistillationOutlook> OutlookAsync(DurableTaskClient client, string task, CancellationToken cancellationToken);
}

/// <summary>What is due for a task, and what runs already.</summary>
/// <param name="Due">Why its predictor should be distilled anew now; empty where there is no reason.</param>
/// <param name="Warnings">For example of a model's retirement.</param>
/// <param name="Running">Instance id of a distillation that runs; null where none does.</param>
public sealed record DistillationOutlook(IReadOnlyList<string> Due, IReadOnlyList<string> Warnings, string? Running);
