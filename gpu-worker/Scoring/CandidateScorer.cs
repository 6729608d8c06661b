using HsNas.Evolution.Racing;
using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Spaces;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Scoring;

/// <summary>
/// Validation loss of candidates with inherited weights (docs/method.md, "Supernet scoring"): token-weighted mean of the
/// label-smoothed loss in bits, dropout off. Candidates with equal encoders share the encoder's work.
/// </summary>
internal sealed class CandidateScorer(SuperTransformer model, ValidationSet validation, double smoothing) : IBlockScorer
{
    /// <inheritdoc/>
    public IReadOnlyList<TextBlock> Blocks => validation.Blocks;

    /// <summary>Losses in bits per token, in the order of <paramref name="candidates"/>; lower is better.</summary>
    public double[] Score(
        IReadOnlyList<Architecture> candidates, Action<int>? progress = null, CancellationToken cancellationToken = default) =>
        [.. Score([.. candidates.Select(c => new BlockRange(c, 0, Blocks.Count))], progress, cancellationToken)
            .Select((sums, i) => TotalLoss.Bits(new LossRecord(candidates[i], [.. sums]), Blocks))];

    /// <inheritdoc/>
    public IReadOnlyList<float[]> Score(IReadOnlyList<BlockRange> ranges, CancellationToken cancellationToken = default) =>
        Score(ranges, progress: null, cancellationToken);

    private List<float[]> Score(IReadOnlyList<BlockRange> ranges, Action<int>? progress, CancellationToken cancellationToken)
    {
        model.eval();
        using var inference = no_grad();
        var sums = ranges.Select(r => new float[r.To - r.From]).ToList();
        var done = 0;
        foreach (var family in Enumerable.Range(0, ranges.Count)
            .GroupBy(i => model.EncoderFamily(ranges[i].Architecture), StringComparer.Ordinal))
        {
            var members = family.ToList();
            for (var block = members.Min(i => ranges[i].From); block < members.Max(i => ranges[i].To); block++)
            {
                var asking = members.Where(i => ranges[i].From <= block && block < ranges[i].To).ToList();
                if (asking.Count == 0) continue;
                cancellationToken.ThrowIfCancellationRequested();
                var losses = Block(block, asking.ConvertAll(i => ranges[i].Architecture));
                for (var j = 0; j < asking.Count; j++) sums[asking[j]][block - ranges[asking[j]].From] = (float)losses[j];
            }

            done += members.Count;
            progress?.Invoke(done);
        }

        return sums;
    }

    // Loss of each architecture over the block's tokens, in nats; their encoders are equal.
    private double[] Block(int block, List<Architecture> architectures)
    {
        var sums = new double[architectures.Count];
        foreach (var batch in validation.Batches(block))
        {
            using var encoderScope = NewDisposeScope();
            var encoded = model.Encode(architectures[0], batch.Source, batch.SourcePadded);
            for (var i = 0; i < architectures.Count; i++)
            {
                using var scope = NewDisposeScope();
                sums[i] += TrainingLoss.SumInBlocks(model, architectures[i], encoded, batch, smoothing);
            }
        }

        return sums;
    }
}
