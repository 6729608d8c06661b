using System.Collections.Immutable;
using HsNas.Spaces;

namespace HsNas.Evolution.Racing;

/// <summary>What is known of a candidate's loss: its sums over the first blocks of the scoring text.</summary>
/// <param name="Architecture">The candidate.</param>
/// <param name="Sums">Loss summed over the tokens of each block, in nats, in the fixed order of the blocks; none where empty.</param>
/// <param name="Hint">What the distilled predictor says of it, in that predictor's unit; null where no predictor takes part.</param>
public sealed record LossRecord(Architecture Architecture, ImmutableArray<float> Sums, double? Hint = null);

/// <summary>A block of the scoring text.</summary>
/// <param name="Sentences">Sentences in it.</param>
/// <param name="Tokens">Target tokens in it, end marks included.</param>
public sealed record TextBlock(int Sentences, int Tokens);

/// <summary>Blocks that a candidate is scored on.</summary>
/// <param name="Architecture">The candidate.</param>
/// <param name="From">First block, counted from 0.</param>
/// <param name="To">The block behind the last.</param>
public sealed record BlockRange(Architecture Architecture, int From, int To);
