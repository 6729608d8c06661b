namespace HsNas.Contracts.Jobs;

/// <summary>
/// Which weights of a training from scratch are kept (docs/method.md, "Which weights are kept"). Part of the job's input, so of its name.
/// </summary>
/// <param name="Every">Updates from one look at the validation loss to the next, at least 1; the last update is looked at, too.</param>
/// <param name="Average">Last looked-at weights whose mean is tried, 1 to <see cref="MostAveraged"/>; 1: none.</param>
/// <param name="Patience">Looks in a row without a better loss that end the training, at least 1; null: all updates are done.</param>
public sealed record CheckpointChoice(int Every, int Average, int? Patience = null)
{
    /// <summary>Most weights that can be averaged; a checkpoint of the job holds them all.</summary>
    public const int MostAveraged = 20;
}

/// <summary>The validation loss at one point of a training.</summary>
/// <param name="Step">Updates done.</param>
/// <param name="LossBits">Validation loss, whole set, bits per token.</param>
public sealed record CheckedLoss(long Step, double LossBits);

/// <summary>The weights that a training kept, and how it came to them.</summary>
/// <param name="Steps">Updates after which the kept weights were reached; several: they are the mean of those.</param>
/// <param name="AverageLossBits">Validation loss of the mean that was tried; null where there was none.</param>
/// <param name="Checks">All looks at the validation loss, in order; the last one tells how many updates were done.</param>
public sealed record KeptWeights(IReadOnlyList<long> Steps, double? AverageLossBits, IReadOnlyList<CheckedLoss> Checks);
