using HsNas.Spaces;

namespace HsNas.GpuWorker.Supernets;

/// <summary>The largest of every dimension: the shape of the supernet's own tensors (docs/method.md, "Supernet").</summary>
/// <param name="EmbedDim">Width of the shared embedding table, and of everything sliced by embedding width.</param>
/// <param name="QkvDim">Width Q of queries, keys and values; the same for all subtransformers.</param>
/// <param name="EncoderFfnDim">Encoder feed-forward inner width.</param>
/// <param name="DecoderFfnDim">Decoder feed-forward inner width.</param>
/// <param name="EncoderLayers">Encoder layer slots.</param>
/// <param name="DecoderLayers">Decoder layer slots.</param>
/// <param name="Vocabulary">Rows V of the embedding table.</param>
/// <param name="Dropout">Residual dropout at full width.</param>
/// <param name="AttentionDropout">Dropout of attention weights, never scaled.</param>
public sealed record ModelShape(
    int EmbedDim, int QkvDim, int EncoderFfnDim, int DecoderFfnDim, int EncoderLayers, int DecoderLayers, int Vocabulary,
    double Dropout, double AttentionDropout)
{
    /// <summary>The shape that holds every architecture of a trainable task.</summary>
    /// <exception cref="InvalidOperationException">The task has no training recipe.</exception>
    public static ModelShape Of(TaskDefinition task)
    {
        ArgumentNullException.ThrowIfNull(task);
        var recipe = task.Training ?? throw new InvalidOperationException($"Task {task.Name} has no training recipe.");
        SearchSpace space = task.Space;
        return new ModelShape(space.MaxEmbedDim, space.QkvDim, space.EncoderFfnDims.Max(), space.DecoderFfnDims.Max(),
            space.MaxEncoderLayers, space.MaxDecoderLayers, task.VocabularySize, recipe.Dropout, recipe.AttentionDropout);
    }

    /// <summary>Residual dropout of a block of width <paramref name="embedDim"/>: scaled by its share of the full width.</summary>
    public double ScaledDropout(int embedDim) => Dropout * embedDim / EmbedDim;
}
