using HsNas.GpuWorker.Supernets;
using HsNas.Spaces;

namespace HsNas.GpuWorker.Training;

/// <summary>
/// FLOPs of the matrix products of a pass over a padded batch, two a multiply-accumulate: what a device's peak is stated in.
/// Divided by seconds and peak this is the model FLOPs utilisation (MFU). Element-wise work and mixing of experts do not count.
/// </summary>
internal static class ModelFlops
{
    /// <summary>One forward pass of <paramref name="batch"/>; a backward pass costs about twice as much.</summary>
    public static double Forward(ModelShape shape, Architecture architecture, TokenBatch batch) =>
        Forward(shape, architecture, batch.Source.shape[0], batch.Source.shape[1], batch.TargetInput.shape[1], batch.Tokens);

    /// <summary>One forward pass of B sentences of S source and T target positions, with N logits rows.</summary>
    public static double Forward(ModelShape shape, Architecture architecture, double b, double s, double t, double n)
    {
        double q = shape.QkvDim, de = architecture.EncoderEmbedDim, dd = architecture.DecoderEmbedDim;
        double macs = n * dd * shape.Vocabulary;                             // logits
        foreach (var ffn in architecture.EncoderFfnDims)
            macs += b * ((4 * s * de * q) + (2 * s * s * q) + (2 * s * de * ffn));
        for (var j = 0; j < architecture.DecoderLayers; j++)
        {
            var memory = architecture.AttendedEncoderLayers(j) * s;          // kS
            macs += b * ((6 * t * dd * q) + (2 * memory * de * q)            // projections: self 4, cross query and output 2, memory 2
                + (2 * t * t * q) + (2 * t * memory * q)                     // attention: self, cross
                + (2 * t * dd * architecture.DecoderFfnDims[j]));
        }

        return 2 * macs;
    }
}
