using System.Collections.Immutable;

namespace HsNas.Evolution.Racing;

/// <summary>What came of a race.</summary>
/// <param name="Records">What is known of each candidate now, in the order of the candidates.</param>
/// <param name="LossBits">Bits per token of each on the whole text: known where all blocks are, forecast elsewhere.</param>
/// <param name="Work">What it took.</param>
public sealed record RaceResult(ImmutableArray<LossRecord> Records, ImmutableArray<double> LossBits, RankingWork Work);
