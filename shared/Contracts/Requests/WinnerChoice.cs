using HsNas.Contracts.Jobs;
using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>How a search's winner is trained, and which of its weights are kept. A search without it trains the task's own number of
/// updates and keeps the last weights, as seed architectures do, so that their scores can be compared.</summary>
public sealed record WinnerChoice
{
    /// <summary>Most updates a request may ask for.</summary>
    public const int MostSteps = SupernetChoice.MostSteps;

    /// <summary>Looks at the validation loss where <see cref="CheckEvery"/> is not given.</summary>
    public const int DefaultChecks = 20;

    /// <summary>Default of <see cref="Average"/>.</summary>
    public const int DefaultAverage = 5;

    /// <summary>Updates; null: the task's own number. Warm-up keeps its share, and the learning rate ends where the updates end.</summary>
    public int? Steps { get; init; }

    /// <summary>Updates between two looks at the validation loss; null: a <see cref="DefaultChecks"/>th of all.</summary>
    public int? CheckEvery { get; init; }

    /// <summary>Last looked-at weights whose mean is tried; 1: none.</summary>
    public int Average { get; init; } = DefaultAverage;

    /// <summary>Looks in a row without a better loss after which the training ends; null: it does not end early.</summary>
    public int? Patience { get; init; }

    /// <summary>The training this choice stands for.</summary>
    public TrainFromScratchInput ToTraining(TaskDefinition task, string dataset, Architecture architecture, long seed)
    {
        var own = TrainFromScratchInput.Of(task, dataset, architecture, seed);
        var steps = Steps ?? own.Steps;
        return own with
        {
            Steps = steps,
            Warmup = (int)((long)steps * own.Warmup / own.Steps),
            Keep = new CheckpointChoice(CheckEvery ?? Math.Max(1, steps / DefaultChecks), Average, Patience),
        };
    }
}
