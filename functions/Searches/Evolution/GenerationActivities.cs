using HsNas.Functions.Jobs;
using Microsoft.Azure.Functions.Worker;

namespace HsNas.Functions.Searches.Evolution;

/// <summary>Scores a generation in process, or submits the jobs that score it.</summary>
public sealed class EvolveActivity(GenerationService generations)
{
    /// <summary>What became of the generation.</summary>
    [Function(nameof(EvolveActivity))]
    public Task<GenerationStep> RunAsync([ActivityTrigger] GenerationInput input, FunctionContext context) =>
        generations.EvolveAsync(input, context.CancellationToken);
}

/// <summary>Records the scores of a generation's finished jobs.</summary>
public sealed class RecordScoresActivity(GenerationService generations)
{
    /// <summary>What became of the generation.</summary>
    [Function(nameof(RecordScoresActivity))]
    public Task<GenerationStep> RunAsync([ActivityTrigger] RecordScoresInput input, FunctionContext context) =>
        generations.RecordAsync(input.Generation, input.Jobs, context.CancellationToken);
}

/// <summary>Input of <see cref="RecordScoresActivity"/>.</summary>
/// <param name="Generation">The generation.</param>
/// <param name="Jobs">Its finished score jobs.</param>
public sealed record RecordScoresInput(GenerationInput Generation, IReadOnlyList<JobRef> Jobs);
