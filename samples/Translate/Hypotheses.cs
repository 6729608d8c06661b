namespace OnnxTranslate;

/// <summary>The beam of one sentence: hypotheses that grow, and those that have ended.</summary>
internal sealed class Hypotheses
{
    private readonly Generation _settings;
    private readonly List<(double Score, int[] Ids)> _ended = [];
    private readonly (float Score, int Row, int Id)[] _best;
    private int[][] _growing;
    private float[] _scores;

    public Hypotheses(Generation settings)
    {
        _settings = settings;
        _best = new (float, int, int)[2 * settings.Beam];
        _growing = [.. Enumerable.Range(0, settings.Beam).Select(_ => Array.Empty<int>())];
        // All rows begin alike; only the first may go on, or the beam would hold copies.
        _scores = [.. Enumerable.Range(0, settings.Beam).Select(i => i == 0 ? 0 : float.NegativeInfinity)];
        Tokens = [.. Enumerable.Repeat((long)settings.End, settings.Beam)];
        Parents = [.. Enumerable.Range(0, settings.Beam)];
    }

    /// <summary>What the decoder is given next, a row each.</summary>
    public long[] Tokens { get; private set; }

    /// <summary>The row before that each row continues.</summary>
    public int[] Parents { get; private set; }

    /// <summary>Whether no hypothesis can win any more.</summary>
    public bool Done { get; private set; }

    /// <summary>The ended hypothesis with the best score for its length; none: nothing.</summary>
    public int[] Best => _ended.Count == 0 ? [] : _ended.MaxBy(e => e.Score).Ids;

    /// <summary>
    /// Takes a step's best continuations of each row, scores and ids [beam, 2 * beam], and the end mark's scores [beam]; with
    /// <paramref name="last"/> every hypothesis can only end.
    /// </summary>
    public void Grow(ReadOnlySpan<float> scores, ReadOnlySpan<long> ids, ReadOnlySpan<float> ends, bool last)
    {
        var (beam, count, next) = (_settings.Beam, 0, new List<(float Score, int Row, int Id)>());
        for (var row = 0; row < beam; row++)
        {
            if (float.IsNegativeInfinity(_scores[row])) continue;
            if (last) count = Insert(count, (ends[row] + _scores[row], row, _settings.End));
            else for (var i = row * 2 * beam; i < (row + 1) * 2 * beam; i++)
                count = Insert(count, (scores[i] + _scores[row], row, (int)ids[i]));
        }

        for (var c = 0; c < count && next.Count < beam; c++)
        {
            var (score, row, id) = _best[c];
            if (id == _settings.Padding || id == _settings.Begin) continue;
            if (id != _settings.End) next.Add(_best[c]);
            else if (c < beam && _ended.Count < beam)
                _ended.Add((score / Math.Pow(_growing[row].Length + 1, _settings.LengthPenalty), _growing[row]));
        }

        Done = last || _ended.Count >= beam || next.Count == 0;
        if (Done) return;
        while (next.Count < beam) next.Add(next[0] with { Score = float.NegativeInfinity });
        _growing = [.. next.Select(n => (int[])[.. _growing[n.Row], n.Id])];
        _scores = [.. next.Select(n => n.Score)];
        Tokens = [.. next.Select(n => (long)n.Id)];
        Parents = [.. next.Select(n => n.Row)];
    }

    // Keeps the best candidates, best first; of equal ones the first stays before. How many there are then.
    private int Insert(int count, (float Score, int Row, int Id) candidate)
    {
        if (count == _best.Length && !(candidate.Score > _best[^1].Score)) return count;
        var at = Math.Min(count, _best.Length - 1);
        for (; at > 0 && candidate.Score > _best[at - 1].Score; at--) _best[at] = _best[at - 1];
        _best[at] = candidate;
        return Math.Min(count + 1, _best.Length);
    }
}
