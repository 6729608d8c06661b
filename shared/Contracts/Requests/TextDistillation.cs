using HsNas.Contracts.Jobs;
using HsNas.Spaces;

namespace HsNas.Contracts.Requests;

/// <summary>
/// Trains the winner on a teacher's translations of the training text instead of its references (sequence-level distillation,
/// docs/method.md).
/// </summary>
public sealed record TextDistillation
{
    /// <summary>Teacher: the largest architecture of the task's space, trained first.</summary>
    public const string Largest = "largest";

    /// <summary>Updates of that training for each update of the winner's, where <see cref="Steps"/> is not given.</summary>
    public const int UpdatesPerWinners = 4;

    /// <summary><see cref="Largest"/>, the id of a finished search whose winner translates, or that of a stored model.</summary>
    public string Teacher { get; init; } = Largest;

    /// <summary>Updates of the largest architecture's training; null: <see cref="UpdatesPerWinners"/> times the winner's.</summary>
    public int? Steps { get; init; }

    /// <summary>Whether the teacher is the largest architecture, which this search trains.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsTrained => Teacher == Largest;

    /// <summary>The training of the largest architecture; the weights of its best validation loss translate.</summary>
    /// <param name="task">The task.</param>
    /// <param name="dataset">Hash of its data set.</param>
    /// <param name="winner">How the winner is trained; null: as the task's recipe says.</param>
    /// <param name="seed">Seed of the training.</param>
    public TrainFromScratchInput ToTraining(TaskDefinition task, string dataset, WinnerChoice? winner, long seed)
    {
        ArgumentNullException.ThrowIfNull(task);
        var winners = winner?.Steps ?? task.Training!.ScratchSteps;
        var steps = Steps ?? (int)Math.Min((long)winners * UpdatesPerWinners, WinnerChoice.MostSteps);
        var largest = new GeneCodec(task.Space).Largest;
        return new WinnerChoice { Steps = steps }.ToTraining(task, dataset, largest, seed);
    }
}
