using HsNas.Models;
using HsNas.Translation;

namespace HsNas.GpuWorker.Decoding;

/// <summary>
/// The translation of a long text, batch by batch, which can stop after any batch and go on later. Sentences of equal length share a
/// batch, and batches depend on the text alone, so a resumed translation ends with the same bytes.
/// </summary>
internal sealed class TextTranslation
{
    private const int SentencesPerBatch = 128;

    // What is decoded at once holds as many tokens as this, whatever its sentences' length: caches grow with both.
    private const int TokensPerBatch = 4096;

    private readonly IReadOnlyList<int[]> _sources;
    private readonly List<int[]> _batches;
    private readonly int[][] _targets;
    private readonly HashSet<int> _empty = [];
    private int _next;

    /// <summary>A translation of the sources in <paramref name="rows"/>; the others keep their references.</summary>
    /// <param name="text">The text.</param>
    /// <param name="rows">Rows to translate.</param>
    public TextTranslation(EncodedCorpus text, IEnumerable<int> rows)
    {
        _sources = text.Sources;
        _targets = [.. text.Targets];
        _batches = [.. Batches(rows.OrderBy(r => text.Sources[r].Length).ThenBy(r => r))];
    }

    /// <summary>Sentences to translate.</summary>
    public int Sentences => _batches.Sum(b => b.Length);

    /// <summary>Sentences that were translated.</summary>
    public int Done => _batches.Take(_next).Sum(b => b.Length);

    /// <summary>Whether nothing is left.</summary>
    public bool Finished => _next >= _batches.Count;

    /// <summary>Rows that were translated to nothing, and keep their references.</summary>
    public int Empty => _empty.Count;

    /// <summary>Translates the next batch.</summary>
    public void Advance(BeamSearch search)
    {
        var rows = _batches[_next];
        var translations = search.Translate([.. rows.Select(r => _sources[r])]);
        Take(rows, translations);
    }

    /// <summary>The text so far; once it is finished, the result.</summary>
    public EncodedCorpus Text => new(_sources, _targets);

    /// <summary>What was translated, in order of the batches: what <see cref="TryRestore"/> needs.</summary>
    public byte[] Save()
    {
        int[] done = [.. _batches.Take(_next).SelectMany(b => b)];
        var rows = done.Select(r => new[] { r });
        return new EncodedCorpus([.. rows], [.. done.Select(r => _empty.Contains(r) ? [] : _targets[r])]).ToBytes();
    }

    /// <summary>Goes on where <see cref="Save"/> was called; false where that was another text.</summary>
    public bool TryRestore(byte[] saved)
    {
        var state = EncodedCorpus.FromBytes(saved);
        var at = 0;
        foreach (var rows in _batches)
        {
            if (at >= state.Count) return true;
            if (at + rows.Length > state.Count) return false;
            for (var i = 0; i < rows.Length; i++)
                if (state.Sources[at + i] is not [var row] || row != rows[i]) return false;
            Take(rows, [.. state.Targets.Skip(at).Take(rows.Length)]);
            at += rows.Length;
        }

        return at == state.Count;
    }

    private void Take(int[] rows, IReadOnlyList<int[]> translations)
    {
        for (var i = 0; i < rows.Length; i++)
        {
            if (translations[i].Length > 0) _targets[rows[i]] = translations[i];
            else _empty.Add(rows[i]);
        }

        _next++;
    }

    private IEnumerable<int[]> Batches(IEnumerable<int> sorted)
    {
        var batch = new List<int>();
        foreach (var row in sorted)
        {
            // Sorted by length, so the new one is the longest.
            if (batch.Count == SentencesPerBatch || (batch.Count + 1) * (_sources[row].Length + 1) > TokensPerBatch && batch.Count > 0)
            {
                yield return [.. batch];
                batch.Clear();
            }

            batch.Add(row);
        }

        if (batch.Count > 0) yield return [.. batch];
    }
}
