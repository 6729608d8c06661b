using HsNas.GpuWorker.Supernets;
using HsNas.GpuWorker.Tensors;
using HsNas.Spaces;
using TorchSharp;
using static TorchSharp.torch;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// Label-smoothed cross entropy (docs/method.md, "Training a candidate"): (1 - eps) * -log p(gold) + eps / V * sum over v of
/// -log p(v). The sum includes the gold class. Padding does not count.
/// </summary>
internal static class TrainingLoss
{
    // On a processor 2 MB of logits stay in its cache from the product to the sum, and fewer rows than these would read a large
    // table too often; a GPU wants large products.
    private const long BlockElements = 1 << 19;
    private const long FewestRows = 256;
    private const long GpuBlockElements = 1 << 26;

    /// <summary>Sum over the batch's tokens, in nats: a scalar.</summary>
    public static Tensor Sum(
        SuperTransformer model, Architecture architecture, EncoderOutput encoded, TokenBatch batch, double smoothing) =>
        Sum(model, Features(model, architecture, encoded, batch), batch.Gold, smoothing);

    /// <summary>
    /// The same for scoring, without gradients: logits are made, used and given back a block of tokens at a time. Differs from
    /// <see cref="Sum(SuperTransformer, Architecture, EncoderOutput, TokenBatch, double)"/> by rounding only.
    /// </summary>
    /// <param name="rows">Tokens of a block; null: what suits the device.</param>
    public static double SumInBlocks(
        SuperTransformer model, Architecture architecture, EncoderOutput encoded, TokenBatch batch, double smoothing, long? rows = null)
    {
        var features = Features(model, architecture, encoded, batch);                        // [N, d_d]
        var step = rows ?? RowsFor(features.device, model.Shape.Vocabulary);
        var total = zeros(1, device: features.device);                                       // [1]
        for (var start = 0L; start < features.shape[0]; start += step)
        {
            using var scope = NewDisposeScope();
            var count = Math.Min(step, features.shape[0] - start);
            total.AddInPlace(Sum(model, features.narrow(0, start, count), batch.Gold.narrow(0, start, count), smoothing));
        }

        return total.cpu().item<float>();
    }

    private static long RowsFor(Device device, int vocabulary) =>
        Math.Max(FewestRows, (device.type == DeviceType.CUDA ? GpuBlockElements : BlockElements) / vocabulary);

    private static Tensor Features(SuperTransformer model, Architecture architecture, EncoderOutput encoded, TokenBatch batch)
    {
        var features = model.Decode(architecture, encoded, batch.TargetInput);                // [B, T, d_d]
        var flat = features.reshape(-1, features.shape[2]);                                   // [B*T, d_d]
        return batch.GoldPositions is null ? flat : flat.index_select(0, batch.GoldPositions); // [N, d_d]
    }

    private static Tensor Sum(SuperTransformer model, Tensor features, Tensor gold, double smoothing) =>
        nn.functional.cross_entropy(model.Logits(features), gold, reduction: nn.Reduction.Sum, label_smoothing: smoothing); // logits [N, V]
}
