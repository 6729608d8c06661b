using HsNas.GpuWorker.Supernets;
using HsNas.Shared.Architectures;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Label-smoothed cross entropy (hsnas-facts E): (1 - eps) * -log p(gold) + eps / V * sum over v of -log p(v), the gold class
/// included in the sum; padding does not count.
/// </summary>
internal static class TrainingLoss
{
    /// <summary>Sum over the batch's tokens, in nats: a scalar.</summary>
    public static Tensor Sum(SuperTransformer model, Architecture architecture, EncoderOutput encoded, TokenBatch batch, double smoothing)
    {
        var features = model.Decode(architecture, encoded, batch.TargetInput);               // [B, T, d_d]
        var flat = features.reshape(-1, features.shape[2]);                                  // [B*T, d_d]
        if (batch.GoldPositions is not null) flat = flat.index_select(0, batch.GoldPositions); // [N, d_d]
        var logits = model.Logits(flat);                                                     // [N, V]
        return nn.functional.cross_entropy(logits, batch.Gold, reduction: nn.Reduction.Sum, label_smoothing: smoothing);
    }
}
