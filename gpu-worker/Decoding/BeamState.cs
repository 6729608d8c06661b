using HsNas.Models;
using HsNas.Translation;

namespace HsNas.GpuWorker.Decoding;

/// <summary>The beam of one sentence: live hypotheses and finished ones.</summary>
internal sealed class BeamState
{
    private readonly BeamOptions _options;
    private readonly List<(double Score, int[] Tokens)> _finished = [];
    private List<int>[] _live;

    public BeamState(int beam, BeamOptions options)
    {
        _options = options;
        _live = [.. Enumerable.Range(0, beam).Select(_ => new List<int>())];
        LastTokens = [.. Enumerable.Repeat((long)BytePairVocabulary.End, beam)];
        // All rows start equal; only the first may be continued, or the beam would hold copies.
        Scores = [.. Enumerable.Range(0, beam).Select(i => i == 0 ? 0f : float.NegativeInfinity)];
        Parents = [.. Enumerable.Range(0, beam)];
    }

    /// <summary>Next decoder input of each row.</summary>
    public long[] LastTokens { get; private set; }

    /// <summary>Sum of log probabilities of each row.</summary>
    public float[] Scores { get; private set; }

    /// <summary>The row before the last step that each row continues.</summary>
    public int[] Parents { get; private set; }

    /// <summary>Whether the sentence needs no more steps.</summary>
    public bool Done { get; private set; }

    /// <summary>
    /// Takes the best 2 * beam continuations, best first, as (score, row * V + token). With <paramref name="last"/> nothing
    /// goes on after this step.
    /// </summary>
    public void Advance(ReadOnlySpan<float> scores, ReadOnlySpan<long> picks, long vocabulary, bool last)
    {
        var beam = _live.Length;
        var next = new List<(int Parent, int Token, float Score)>(beam);
        for (var c = 0; c < picks.Length && next.Count < beam; c++)
        {
            if (float.IsNegativeInfinity(scores[c])) continue;
            var parent = (int)(picks[c] / vocabulary);
            var token = (int)(picks[c] % vocabulary);
            if (token is BytePairVocabulary.Padding or BytePairVocabulary.Begin) continue;
            if (token == BytePairVocabulary.End)
            {
                // Only an end among the best beam continuations counts: a worse one would crowd out live hypotheses.
                if (c < beam && _finished.Count < beam) Finish(_live[parent], scores[c]);
                continue;
            }

            next.Add((parent, token, scores[c]));
        }

        Done = last || _finished.Count >= beam || next.Count == 0;
        if (Done) return;
        // Fewer live hypotheses than rows: the spare rows repeat the best one at -inf, so they never win.
        while (next.Count < beam) next.Add(next[0] with { Score = float.NegativeInfinity });
        _live = [.. next.Select(n => new List<int>(_live[n.Parent]) { n.Token })];
        LastTokens = [.. next.Select(n => (long)n.Token)];
        Scores = [.. next.Select(n => n.Score)];
        Parents = [.. next.Select(n => n.Parent)];
    }

    /// <summary>The finished hypothesis with the best normalised score, without its end mark; empty where none finished.</summary>
    public int[] Best() => _finished.Count == 0 ? [] : _finished.MaxBy(f => f.Score).Tokens;

    private void Finish(List<int> tokens, float score) =>
        _finished.Add((score / Math.Pow(tokens.Count + 1, _options.LengthPenalty), [.. tokens]));
}
