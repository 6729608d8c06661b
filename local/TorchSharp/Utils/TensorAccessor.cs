using System.Collections;
using System.Diagnostics.CodeAnalysis;

namespace TorchSharp.Utils;

/// <summary>The elements of a CPU tensor in the order of its indices, whatever its strides.</summary>
public sealed class TensorAccessor<T> : IDisposable, IEnumerable<T> where T : unmanaged
{
    private readonly torch.Tensor tensor;
    private readonly long[] shape;
    private readonly long[] strides;
    private readonly bool contiguous;
    private readonly nint pointer;

    internal TensorAccessor(torch.Tensor tensor)
    {
        this.tensor = tensor;
        shape = tensor.shape;
        strides = tensor.Strides();
        contiguous = tensor.is_contiguous();
        pointer = tensor.DataPointer();
        Count = tensor.NumberOfElements;
    }

    public long Count { get; }

    public bool IsReadOnly => false;

    public T this[params long[] indices]
    {
        get => At(Position(indices));
        set => At(Position(indices)) = value;
    }

    public T[] ToArray()
    {
        var array = new T[Count];
        CopyTo(array);
        return array;
    }

    public void CopyTo(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyTo(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyTo(Span<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var target = array[arrayIndex..];
        var count = (int)Math.Min(Count - tensorIndex, target.Length);
        if (contiguous) Flat(tensorIndex, count).CopyTo(target);
        else for (var i = 0; i < count; i++) target[i] = At(Offset(tensorIndex + i));
    }

    public void CopyFrom(T[] array, int arrayIndex = 0, long tensorIndex = 0) => CopyFrom(array.AsSpan(), arrayIndex, tensorIndex);

    public void CopyFrom(ReadOnlySpan<T> array, int arrayIndex = 0, long tensorIndex = 0)
    {
        var source = array[arrayIndex..];
        var count = (int)Math.Min(Count - tensorIndex, source.Length);
        if (contiguous) source[..count].CopyTo(Flat(tensorIndex, count));
        else for (var i = 0; i < count; i++) At(Offset(tensorIndex + i)) = source[i];
    }

    public static bool operator ==(TensorAccessor<T> left, TensorAccessor<T> right) => left.Equals(right);

    public static bool operator !=(TensorAccessor<T> left, TensorAccessor<T> right) => !left.Equals(right);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is TensorAccessor<T> other && Count == other.Count && this.SequenceEqual(other);

    public override int GetHashCode() => HashCode.Combine(pointer, Count);

    /// <summary>Nothing of its own to free: the storage belongs to the tensor.</summary>
    public void Dispose() { }

    public IEnumerator<T> GetEnumerator()
    {
        for (long i = 0; i < Count; i++) yield return At(Offset(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private unsafe ref T At(long offset) => ref ((T*)Alive())[offset];

    private unsafe Span<T> Flat(long start, int count) => new((T*)Alive() + start, count);

    private nint Alive() => tensor.IsInvalid ? throw new InvalidOperationException("the tensor was disposed") : pointer;

    /// <summary>One index counts along the flattened tensor, as the official accessor has it.</summary>
    private long Position(long[] indices)
    {
        if (indices.Length == 1)
            return indices[0] >= 0 && indices[0] < Count ? Offset(indices[0]) : throw new ArgumentOutOfRangeException(nameof(indices));
        if (indices.Length != shape.Length) throw new ArgumentException("the number of indices is not the number of dimensions", nameof(indices));
        var offset = 0L;
        for (var i = 0; i < indices.Length; i++)
        {
            if (indices[i] < 0 || indices[i] >= shape[i]) throw new ArgumentOutOfRangeException(nameof(indices));
            offset += indices[i] * strides[i];
        }
        return offset;
    }

    private long Offset(long flat)
    {
        if (contiguous) return flat;
        var offset = 0L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            offset += flat % shape[i] * strides[i];
            flat /= shape[i];
        }
        return offset;
    }
}
