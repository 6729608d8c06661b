using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Training;
using HsNas.Spaces;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Scoring;

/// <summary>
/// Validation loss of candidates with inherited weights (docs/method.md, "Supernet scoring"): token-weighted mean of the
/// label-smoothed loss in bits, dropout off. Candidates with equal encoders share the encoder's work.
/// </summary>
internal sealed class CandidateScorer(SuperTransformer model, ValidationSet validation, double smoothing)
{
    /// <summary>Losses in bits per token, in the order of <paramref name="candidates"/>; lower is better.</summary>
    public double[] Score(
        IReadOnlyList<Architecture> candidates, Action<int>? progress = null, CancellationToken cancellationToken = default)
    {
        model.eval();
        using var inference = no_grad();
        var sums = new double[candidates.Count];
        var done = 0;
        foreach (var family in candidates.Select((a, i) => (Architecture: a, Index: i))
            .GroupBy(c => model.EncoderFamily(c.Architecture), StringComparer.Ordinal))
        {
            foreach (var batch in validation.Batches)
            {
                cancellationToken.ThrowIfCancellationRequested();
                using var encoderScope = NewDisposeScope();
                var encoded = model.Encode(family.First().Architecture, batch.Source, batch.SourcePadded);
                foreach (var (architecture, index) in family)
                {
                    using var scope = NewDisposeScope();
                    sums[index] += TrainingLoss.SumInBlocks(model, architecture, encoded, batch, smoothing);
                }
            }

            done += family.Count();
            progress?.Invoke(done);
        }

        return [.. sums.Select(s => s / validation.Tokens / Math.Log(2))];
    }
}
