namespace HsNas.Cli.Seeds;

/// <summary>A line of a seeds file: the fields of TFS-Eval, then where the figures come from.</summary>
internal sealed record SeedRow
{
    public required int ArchId { get; init; }

    public required string Dataset { get; init; }

    public required int EncDim { get; init; }

    public required int EncLayers { get; init; }

    public required IReadOnlyList<int> EncFfn { get; init; }

    public required IReadOnlyList<int> EncHeads { get; init; }

    public required int DecDim { get; init; }

    public required int DecLayers { get; init; }

    public required IReadOnlyList<int> DecFfn { get; init; }

    public required IReadOnlyList<int> DecSelfHeads { get; init; }

    public required IReadOnlyList<int> DecCrossHeads { get; init; }

    public required IReadOnlyList<int> DecArbitrary { get; init; }

    public required double TfsValidBleu { get; init; }

    public required double TfsTestBleu { get; init; }

    public required long ParamsNoEmbed { get; init; }

    public required long ParamsEmbed { get; init; }

    public double? LatencyMs { get; init; }

    public required long TotalFlops { get; init; }

    public required long LastLayerFlops { get; init; }

    public required long TotalFlopsWithoutLastLayer { get; init; }

    public IReadOnlyDictionary<string, double> Baselines { get; init; } = new Dictionary<string, double>();

    /// <summary>Place in each split; filled once all rows are known.</summary>
    public IReadOnlyDictionary<string, SeedPlace>? Splits { get; init; }

    /// <summary>Hash of the data set trained on.</summary>
    public required string Corpus { get; init; }

    public required int Steps { get; init; }

    /// <summary>Seed of weights and batches.</summary>
    public required long Seed { get; init; }

    public required double ValidLossBits { get; init; }

    public required double TrainSeconds { get; init; }

    /// <summary>Device that trained.</summary>
    public required string Device { get; init; }

    /// <summary>Device that measured; absent without a latency.</summary>
    public string? LatencyDevice { get; init; }

    /// <summary>Day on which the training ended, UTC.</summary>
    public required string Date { get; init; }
}

/// <summary>A place in a split.</summary>
/// <param name="Part">"train" or "test".</param>
/// <param name="Pos">Rank within the part.</param>
internal sealed record SeedPlace(string Part, int Pos);
