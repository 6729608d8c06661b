using HsNas.Translation;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>Sentences of similar length as tensors on the device.</summary>
/// <param name="Source">[B, S] int64, end mark last, padded on the right.</param>
/// <param name="SourcePadded">Whether <paramref name="Source"/> holds padding.</param>
/// <param name="TargetInput">[B, T] int64: the end mark, then the target.</param>
/// <param name="Gold">[N] int64: the tokens to predict at the positions that count, row by row.</param>
/// <param name="GoldPositions">[N] int64: where they lie in a flattened [B*T]; null where nothing is padded.</param>
/// <param name="Tokens">N: target tokens, end marks included.</param>
internal sealed record TokenBatch(
    Tensor Source, bool SourcePadded, Tensor TargetInput, Tensor Gold, Tensor? GoldPositions, int Tokens) : IDisposable
{
    /// <summary>Builds a batch of the sentences at <paramref name="rows"/>; it belongs to no dispose scope.</summary>
    public static TokenBatch Create(EncodedCorpus corpus, IReadOnlyList<int> rows, Device device)
    {
        var sourceLength = rows.Max(r => corpus.Sources[r].Length) + 1;
        var targetLength = rows.Max(r => corpus.Targets[r].Length) + 1;
        var source = new long[rows.Count * sourceLength];
        var input = new long[rows.Count * targetLength];
        Array.Fill(source, BytePairVocabulary.Padding);
        Array.Fill(input, BytePairVocabulary.Padding);
        var gold = new List<long>();
        var positions = new List<long>();
        for (var b = 0; b < rows.Count; b++)
        {
            Put(source, b * sourceLength, corpus.Sources[rows[b]]);
            source[(b * sourceLength) + corpus.Sources[rows[b]].Length] = BytePairVocabulary.End;
            var target = corpus.Targets[rows[b]];
            input[b * targetLength] = BytePairVocabulary.End;
            Put(input, (b * targetLength) + 1, target);
            for (var t = 0; t <= target.Length; t++)
            {
                gold.Add(t < target.Length ? target[t] : BytePairVocabulary.End);
                positions.Add((b * targetLength) + t);
            }
        }

        var sourcePadded = rows.Any(r => corpus.Sources[r].Length + 1 < sourceLength);
        var targetPadded = gold.Count < input.Length;
        return new TokenBatch(
            Tensor(source, rows.Count, sourceLength), sourcePadded, Tensor(input, rows.Count, targetLength),
            Tensor([.. gold], gold.Count), targetPadded ? Tensor([.. positions], positions.Count) : null, gold.Count);

        Tensor Tensor(long[] values, params long[] shape) => tensor(values, shape).to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Source.Dispose();
        TargetInput.Dispose();
        Gold.Dispose();
        GoldPositions?.Dispose();
    }

    // The target's last token is never an input, so the row has room for the end mark in front.
    private static void Put(long[] values, int at, int[] tokens)
    {
        for (var i = 0; i < tokens.Length; i++) values[at + i] = tokens[i];
    }
}
