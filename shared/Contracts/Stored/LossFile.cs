using HsNas.Evolution.Racing;

namespace HsNas.Contracts.Stored;

/// <summary>Losses under one supernet on one scoring text.</summary>
/// <param name="Blocks">The blocks of the text; empty where nothing was scored yet.</param>
/// <param name="Records">What is known, in the order in which it came to be known.</param>
public sealed record LossFile(IReadOnlyList<TextBlock> Blocks, IReadOnlyList<LossRecord> Records)
{
    /// <summary>Nothing scored yet.</summary>
    public static LossFile Empty { get; } = new([], []);

    /// <summary>The file with <paramref name="more"/> entered.</summary>
    public LossFile With(LossFile more)
    {
        ArgumentNullException.ThrowIfNull(more);
        var book = new LossBook(Records);
        book.Add(more.Records);
        return new LossFile(more.Blocks.Count > 0 ? more.Blocks : Blocks, book.Records);
    }

    /// <summary>Whether a record covers the whole text.</summary>
    public bool IsComplete(LossRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return Blocks.Count > 0 && record.Sums.Length == Blocks.Count;
    }
}
