using static TorchSharp.torch;

namespace HsNas.GpuWorker.Supernets;

/// <summary>
/// What one decoder layer remembers between positions: its own keys and values, those of the encoder memory with their padding,
/// and its weights. It disposes every tensor that it replaces. Kept to the end, the keys of all positions would need memory
/// quadratic in the length.
/// </summary>
internal sealed class LayerCache(DecoderLayerWeights weights, Tensor memoryKey, Tensor memoryValue, Tensor? memoryPadding)
{
    /// <summary>Weights cut, or mixed, for the architecture at hand.</summary>
    public DecoderLayerWeights Weights => weights;

    /// <summary>[B, h, kS, Q/h]</summary>
    public Tensor MemoryKey { get; private set; } = memoryKey;

    /// <summary>[B, h, kS, Q/h]</summary>
    public Tensor MemoryValue { get; private set; } = memoryValue;

    /// <summary>[B, 1, 1, kS]; null where nothing is padded. It belongs to this cache alone.</summary>
    public Tensor? MemoryPadding { get; private set; } = memoryPadding;

    /// <summary>[B, h, t, Q/h]; null before the first position.</summary>
    public Tensor? Key { get; private set; }

    /// <summary>[B, h, t, Q/h]; null before the first position.</summary>
    public Tensor? Value { get; private set; }

    /// <summary>Adds one position: key and value [B, h, 1, Q/h].</summary>
    public void Append(Tensor key, Tensor value)
    {
        Key = Key is null ? key : Replace(Key, cat([Key, key], 2));
        Value = Value is null ? value : Replace(Value, cat([Value, value], 2));
    }

    /// <summary>Rows become those at <paramref name="rows"/> [B'] of before; the memory too where <paramref name="memoryToo"/>.</summary>
    public void Reorder(Tensor rows, bool memoryToo)
    {
        if (Key is not null) Key = Replace(Key, Key.index_select(0, rows));
        if (Value is not null) Value = Replace(Value, Value.index_select(0, rows));
        if (!memoryToo) return;
        MemoryKey = Replace(MemoryKey, MemoryKey.index_select(0, rows));
        MemoryValue = Replace(MemoryValue, MemoryValue.index_select(0, rows));
        if (MemoryPadding is not null) MemoryPadding = Replace(MemoryPadding, MemoryPadding.index_select(0, rows));
    }

    /// <summary>Every tensor that a position or <see cref="Reorder"/> may have replaced, for the scope that owns them.</summary>
    public IEnumerable<Tensor> Tensors() =>
        new[] { MemoryKey, MemoryValue, MemoryPadding, Key, Value }.OfType<Tensor>();

    private static Tensor Replace(Tensor old, Tensor successor)
    {
        old.Dispose();
        return successor;
    }
}
