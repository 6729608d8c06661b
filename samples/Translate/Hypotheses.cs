using System.Numerics.Tensors;

namespace HsNas.Samples.Translate;

/// <summary>The beam of one sentence: hypotheses that grow, and those that have ended.</summary>
internal sealed class Hypotheses
{
    private readonly Generation _settings;
    private readonly List<(double Score, int[] Ids)> _ended = [];
    private int[][] _growing;
    private float[] _scores;

    public Hypotheses(Generation settings)
    {
        _settings = settings;
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

    /// <summary>Takes a step's logits [beam, V]; with <paramref name="last"/> every hypothesis can only end.</summary>
    public void Grow(ReadOnlySpan<float> logits, bool last)
    {
        var (beam, next) = (_settings.Beam, new List<(float Score, int Row, int Id)>());
        var candidates = Candidates(logits, last);
        for (var c = 0; c < candidates.Count && next.Count < beam; c++)
        {
            var (score, row, id) = candidates[c];
            if (id == _settings.Padding || id == _settings.Begin) continue;
            if (id != _settings.End) next.Add(candidates[c]);
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

    // The best 2 * beam continuations, best first.
    private List<(float Score, int Row, int Id)> Candidates(ReadOnlySpan<float> logits, bool last)
    {
        var (count, size) = (2 * _settings.Beam, logits.Length / _settings.Beam);
        var best = new List<(float Score, int Row, int Id)>(count + 1);
        var (exponentials, least) = (new float[size], float.NegativeInfinity);
        for (var row = 0; row < _settings.Beam; row++)
        {
            if (float.IsNegativeInfinity(_scores[row])) continue;
            var line = logits.Slice(row * size, size);
            var largest = TensorPrimitives.Max(line);
            TensorPrimitives.Subtract(line, largest, exponentials);
            TensorPrimitives.Exp(exponentials, exponentials);
            var shift = largest + MathF.Log(TensorPrimitives.Sum<float>(exponentials));
            for (var id = last ? _settings.End : 0; id < (last ? _settings.End + 1 : size); id++)
            {
                var score = line[id] - shift + _scores[row];
                if (score <= least) continue;
                var at = best.FindIndex(b => b.Score < score);
                best.Insert(at < 0 ? best.Count : at, (score, row, id));
                if (best.Count > count) best.RemoveAt(count);
                if (best.Count == count) least = best[^1].Score;
            }
        }

        return best;
    }
}
