using System.Globalization;
using HsNas.Kernel;
using HsNas.Kernel.Validation;

namespace HsNas.Evaluation.TfsEval;

/// <summary>One division of a TFS-Eval file into demonstrations and tests.</summary>
/// <param name="Seed">Its name.</param>
/// <param name="Demonstrations">Shown, in their order.</param>
/// <param name="Tests">Predicted, in their order; not empty.</param>
public sealed record TfsEvalSplit(string Seed, IReadOnlyList<TfsEvalRecord> Demonstrations, IReadOnlyList<TfsEvalRecord> Tests);

/// <summary>A validated TFS-Eval file.</summary>
public sealed class TfsEvalSet
{
    private static readonly int[] DefaultSeeds = [123, 456, 789];

    private readonly string _sourceName;

    internal TfsEvalSet(string sourceName, IReadOnlyList<TfsEvalRecord> records)
    {
        _sourceName = sourceName;
        Records = records;
        var seeds = records.SelectMany(r => r.Splits.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        SplitsAreGiven = seeds.Count > 0;
        Splits = SplitsAreGiven ? [.. seeds.Select(s => Given(sourceName, s))] : [.. DefaultSeeds.Select(s => Drawn(sourceName, s))];
        SupernetNames = [.. records.SelectMany(r => r.SupernetBleu.Keys).Distinct(StringComparer.Ordinal)
            .Where(name => records.All(r => r.SupernetBleu.ContainsKey(name)))];
    }

    /// <summary>All records, in the file's order.</summary>
    public IReadOnlyList<TfsEvalRecord> Records { get; }

    /// <summary>The file's splits by seed; where it has none, three drawn here, a third of the records as demonstrations.</summary>
    public IReadOnlyList<TfsEvalSplit> Splits { get; private init; }

    /// <summary>The split that prompts show: the one of seed 123 where there is one, else the first.</summary>
    public TfsEvalSplit InForce => Splits.FirstOrDefault(s => s.Seed == "123") ?? Splits[0];

    /// <summary>False where <see cref="Splits"/> were drawn here.</summary>
    public bool SplitsAreGiven { get; }

    /// <summary>Supernets whose inherited BLEU every record states.</summary>
    public IReadOnlyList<string> SupernetNames { get; }

    /// <summary>The same file with only the first <paramref name="count"/> demonstrations of every split.</summary>
    /// <exception cref="DataFormatException">A split holds fewer.</exception>
    public TfsEvalSet WithDemonstrations(int count) => new(_sourceName, Records)
    {
        Splits = [.. Splits.Select(split => split.Demonstrations.Count >= count
            ? split with { Demonstrations = [.. split.Demonstrations.Take(count)] }
            : throw new DataFormatException(
                _sourceName, $"splits.{split.Seed}", $"{split.Demonstrations.Count} demonstrations", $"at least {count}, as asked for"))],
    };

    /// <summary>The same file with random splits in place of its own, so that no conclusion hangs on three of them.</summary>
    /// <param name="count">Splits, at least 1.</param>
    /// <param name="demonstrations">Demonstrations of each; the other records are tests.</param>
    /// <param name="seed">Draws them.</param>
    /// <exception cref="DataFormatException">That leaves fewer than 2 tests, or is fewer than 3 demonstrations.</exception>
    public TfsEvalSet WithRandomSplits(int count, int demonstrations, int seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        var random = SeededRandom.For(seed, 0, "tfs-eval random splits");
        var shuffled = Records.ToArray();
        return new(_sourceName, Records)
        {
            Splits = [.. Enumerable.Range(1, count).Select(i =>
            {
                random.Shuffle<TfsEvalRecord>(shuffled);
                var shown = Math.Clamp(demonstrations, 0, shuffled.Length);
                return Checked(_sourceName,
                    new TfsEvalSplit(string.Create(CultureInfo.InvariantCulture, $"random {i}"), shuffled[..shown], shuffled[shown..]));
            })],
        };
    }

    private TfsEvalSplit Given(string sourceName, string seed)
    {
        var placed = Records.Where(r => r.Splits.ContainsKey(seed)).ToList();
        foreach (var group in placed.GroupBy(r => r.Splits[seed]).Where(g => g.Count() > 1))
        {
            var ids = string.Join(", ", group.Select(r => r.ArchitectureId));
            throw new DataFormatException(
                sourceName, $"splits.{seed}.pos", $"{group.Key.Position} of arch_id {ids}", "every position of a part once");
        }

        var ordered = placed.OrderBy(r => r.Splits[seed].Position).ToLookup(r => r.Splits[seed].IsDemonstration);
        return Checked(sourceName, new TfsEvalSplit(seed, [.. ordered[true]], [.. ordered[false]]));
    }

    private TfsEvalSplit Drawn(string sourceName, int seed)
    {
        var shuffled = Records.ToArray();
        SeededRandom.For(seed, 0, "tfs-eval split").Shuffle<TfsEvalRecord>(shuffled);
        var third = shuffled.Length / 3;
        return Checked(sourceName, new TfsEvalSplit(seed.ToString(CultureInfo.InvariantCulture), shuffled[..third], shuffled[third..]));
    }

    private static TfsEvalSplit Checked(string sourceName, TfsEvalSplit split) =>
        split.Demonstrations.Count >= 3 && split.Tests.Count >= 2
            ? split
            : throw new DataFormatException(
                sourceName,
                $"splits.{split.Seed}",
                $"{split.Demonstrations.Count} demonstrations and {split.Tests.Count} tests",
                "at least 3 demonstrations and 2 tests");
}
