using System.Collections;

namespace TorchSharp;

public static partial class torch
{
    public readonly struct Size : IEnumerable<long>
    {
        private readonly long[] dims;

        public Size(long[] shape) => dims = (long[])shape.Clone();
        public Size(IEnumerable<long> shape) => dims = shape.ToArray();
        public Size(int[] shape) => dims = Array.ConvertAll(shape, d => (long)d);
        public Size(long size) => dims = [size];
        public Size((long, long) size) => dims = [size.Item1, size.Item2];
        public Size((long, long, long) size) => dims = [size.Item1, size.Item2, size.Item3];
        public Size((long, long, long, long) size) => dims = [size.Item1, size.Item2, size.Item3, size.Item4];
        public Size(int size) => dims = [size];

        public static readonly Size Empty = new(Array.Empty<long>());

        public bool IsEmpty => Shape.Length == 0;
        public bool IsScalar => Shape.Length == 0;
        public int Length => Shape.Length;
        public long this[int idx] => Shape[idx];
        public long this[long idx] => Shape[idx];
        public long[] Shape => dims ?? [];

        public long numel() => Shape.Aggregate(1L, (product, size) => product * size);

        public IEnumerator<long> GetEnumerator() => ((IEnumerable<long>)Shape).GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public static implicit operator Size(long size) => new(size);
        public static implicit operator Size((long, long) size) => new(size);
        public static implicit operator Size((long, long, long) size) => new(size);
        public static implicit operator Size((long, long, long, long) size) => new(size);
        public static implicit operator Size(long[] size) => new(size);

        public static bool operator ==(Size left, Size right) => left.Equals(right);
        public static bool operator !=(Size left, Size right) => !left.Equals(right);

        public override bool Equals(object? obj) => obj is Size other && Shape.AsSpan().SequenceEqual(other.Shape);

        public override int GetHashCode() => Shape.Aggregate(17, HashCode.Combine);
    }
}
