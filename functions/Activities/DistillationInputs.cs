using HsNas.Functions.Jobs;

namespace HsNas.Functions.Activities;

/// <summary>Input of a distillation.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="Progress">Where a distillation that continues as new stands; null at its start.</param>
public sealed record DistillationInput(string Task, int Labels, DistillationProgress? Progress = null);

/// <summary>How far a distillation is.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Batches">Batches labelled.</param>
/// <param name="Statistics">What they took.</param>
public sealed record DistillationProgress(DistillationPlan Plan, int Batches, BatchStatistics Statistics);

/// <summary>A distillation, decided once at its start.</summary>
/// <param name="Task">Task name.</param>
/// <param name="Fingerprint">Hash of everything that makes the predictor: prompt, model, pool, seed.</param>
/// <param name="Labels">Architectures to label.</param>
/// <param name="BatchSize">Architectures an activity asks about.</param>
/// <param name="Batches">Number of batches.</param>
public sealed record DistillationPlan(string Task, string Fingerprint, int Labels, int BatchSize, int Batches);

/// <summary>One batch of labels.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Batch">Counted from 0.</param>
public sealed record LabelBatchInput(DistillationPlan Plan, int Batch);

/// <summary>What labels took.</summary>
/// <param name="Calls">Answers, those bought earlier included.</param>
/// <param name="Bought">Calls made now.</param>
/// <param name="PromptTokens">Tokens of the answers.</param>
/// <param name="CompletionTokens">Tokens of the answers.</param>
public sealed record BatchStatistics(int Calls, int Bought, long PromptTokens, long CompletionTokens)
{
    /// <summary>The sum of two.</summary>
    public BatchStatistics Plus(BatchStatistics other) => new(
        Calls + other.Calls, Bought + other.Bought, PromptTokens + other.PromptTokens, CompletionTokens + other.CompletionTokens);
}

/// <summary>Input of the activity that submits the MLP's training.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Statistics">What the labels took.</param>
/// <param name="InstanceId">Who waits.</param>
public sealed record SubmitRegressorInput(DistillationPlan Plan, BatchStatistics Statistics, string InstanceId);

/// <summary>Input of the activity that decides whether a predictor becomes the champion.</summary>
/// <param name="Plan">The distillation.</param>
/// <param name="Statistics">What the labels took.</param>
/// <param name="Job">The finished training.</param>
public sealed record PromoteInput(DistillationPlan Plan, BatchStatistics Statistics, JobRef Job);
