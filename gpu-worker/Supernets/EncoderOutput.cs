using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>What decoders read of one encoded batch.</summary>
/// <param name="Layers">Outputs of all encoder layers, first layer first, each [B, S, d_e].</param>
/// <param name="Padding">Added to attention scores: [B, 1, 1, S], 0 or -inf; null where nothing is padded.</param>
internal sealed record EncoderOutput(IReadOnlyList<Tensor> Layers, Tensor? Padding)
{
    /// <summary>The last k layers joined along time, last first: [B, kS, d_e] ("arbitrary encoder-decoder attention").</summary>
    public Tensor Memory(int k) => k == 1 ? Layers[^1] : cat([.. Enumerable.Range(1, k).Select(i => Layers[^i])], 1);

    /// <summary>The padding, repeated for k layers: [B, 1, 1, kS].</summary>
    public Tensor? MemoryPadding(int k) => k == 1 || Padding is null ? Padding : cat([.. Enumerable.Repeat(Padding, k)], 3);
}
