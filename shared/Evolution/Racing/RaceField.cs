using System.Collections.Immutable;

namespace HsNas.Evolution.Racing;

/// <summary>The candidates of a race and what is known of each at the moment.</summary>
internal sealed class RaceField
{
    private readonly IBlockScorer _scorer;
    private readonly CancellationToken _cancellation;
    private readonly LossRecord[] _records;
    private readonly int[] _before;
    private readonly List<LossRecord> _examples;
    private long _calibrated;

    /// <summary>A field at the start.</summary>
    public RaceField(
        IReadOnlyList<LossRecord> candidates, IReadOnlyList<LossRecord> examples, IBlockScorer scorer, CancellationToken cancellation)
    {
        (_scorer, _cancellation) = (scorer, cancellation);
        _records = [.. candidates];
        _before = [.. candidates.Select(c => c.Sums.Length)];
        _examples = [.. examples];
    }

    /// <summary>What is known of each candidate.</summary>
    public IReadOnlyList<LossRecord> Records => _records;

    /// <summary>Everybody who was scored on all blocks, in that order.</summary>
    public IReadOnlyList<LossRecord> Examples => _examples;

    /// <summary>Candidates that were not scored on any block.</summary>
    public IReadOnlyList<int> Unscored => [.. Indices.Where(i => _records[i].Sums.Length == 0)];

    /// <summary>Candidates that were not scored on all blocks.</summary>
    public IReadOnlyList<int> Unfinished => [.. Indices.Where(i => !IsFinished(i))];

    /// <summary>Work since calibration, in scorings on the whole text.</summary>
    public double Scorings => (Spent - _calibrated) / (double)_scorer.Blocks.Sum(b => (long)b.Sentences);

    private long Spent => Indices.Sum(i => Sentences(_before[i], _records[i].Sums.Length));

    private IEnumerable<int> Indices => Enumerable.Range(0, _records.Length);

    private int All => _scorer.Blocks.Count;

    /// <summary>Whether a candidate was scored on all blocks.</summary>
    public bool IsFinished(int candidate) => _records[candidate].Sums.Length == All;

    /// <summary>Scores candidates on so many more blocks, or to the end.</summary>
    public void Advance(IEnumerable<int> candidates, int blocks)
    {
        _cancellation.ThrowIfCancellationRequested();
        var chosen = candidates.ToList();
        var ranges = chosen.ConvertAll(i => RangeOf(_records[i], blocks));
        var sums = _scorer.Score(ranges, _cancellation);
        for (var i = 0; i < chosen.Count; i++)
        {
            var record = _records[chosen[i]];
            record = _records[chosen[i]] = record with { Sums = record.Sums.AddRange(sums[i]) };
            if (record.Sums.Length == All) _examples.Add(record);
        }
    }

    /// <summary>Scores candidates on all blocks that are left.</summary>
    public void ScoreInFull(IEnumerable<int> candidates) => Advance(candidates, All);

    /// <summary>The same, without counting it as work of the race.</summary>
    public void Calibrate(IEnumerable<int> candidates)
    {
        ScoreInFull(candidates);
        _calibrated = Spent;
    }

    /// <summary>What came of the race.</summary>
    /// <param name="losses">Known or forecast, one a candidate.</param>
    public RaceResult Result(ImmutableArray<double> losses)
    {
        var work = new RankingWork(
            SentenceEvaluations: Spent,
            NewlyScored: Indices.Count(i => _records[i].Sums.Length > _before[i]),
            ByArchitecture: Indices.Count(i => _records[i].Sums.Length == 0),
            ByFirstBlocks: Indices.Count(i => _records[i].Sums.Length > 0 && !IsFinished(i)),
            InFull: Indices.Count(IsFinished));
        return new RaceResult([.. _records], losses, work);
    }

    private BlockRange RangeOf(LossRecord record, int blocks) =>
        new(record.Architecture, record.Sums.Length, Math.Min(All, record.Sums.Length + blocks));

    private long Sentences(int from, int to) => _scorer.Blocks.Skip(from).Take(to - from).Sum(b => (long)b.Sentences);
}
