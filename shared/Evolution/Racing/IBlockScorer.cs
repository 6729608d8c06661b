namespace HsNas.Evolution.Racing;

/// <summary>Computes losses block by block: a supernet, or records of one.</summary>
public interface IBlockScorer
{
    /// <summary>The blocks of the scoring text in their fixed order; at least one.</summary>
    IReadOnlyList<TextBlock> Blocks { get; }

    /// <summary>
    /// For each range the loss summed over the tokens of each of its blocks, in nats. A sum depends on candidate and block only,
    /// not on what else is asked.
    /// </summary>
    IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default);
}
