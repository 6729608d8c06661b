namespace HsNas.Cli.Results;

/// <summary>A line of a supernets file: one trained supernet, what it said about the seed architectures, and what that took.</summary>
internal sealed record SupernetRow
{
    /// <summary>One of the supernet kinds.</summary>
    public required string Kind { get; init; }

    /// <summary>Task.</summary>
    public required string Dataset { get; init; }

    /// <summary>Hash of the data set trained on.</summary>
    public required string Corpus { get; init; }

    public required int Steps { get; init; }

    public required int Warmup { get; init; }

    /// <summary>Seed of weights, batches and sampled architectures.</summary>
    public required long Seed { get; init; }

    public int? Experts { get; init; }

    public int? RouterWidth { get; init; }

    /// <summary>Mean loss per token over the last tenth of the updates.</summary>
    public required double TrainingLossNats { get; init; }

    /// <summary>Processor time of all updates.</summary>
    public required double TrainCpuSeconds { get; init; }

    /// <summary>Processor time of the losses of all seed architectures.</summary>
    public required double LossCpuSeconds { get; init; }

    /// <summary>Processor time of their translations.</summary>
    public required double BleuCpuSeconds { get; init; }

    /// <summary>Validation loss with inherited weights, bits per token, in the order of arch_id.</summary>
    public required IReadOnlyList<double> ValidLossBits { get; init; }

    /// <summary>BLEU of the validation part with inherited weights, in the order of arch_id.</summary>
    public required IReadOnlyList<double> ValidBleu { get; init; }

    /// <summary>Device that trained.</summary>
    public required string Device { get; init; }

    /// <summary>Day on which the training ended, UTC.</summary>
    public required string Date { get; init; }
}
